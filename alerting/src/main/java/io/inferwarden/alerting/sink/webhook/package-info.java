/** Tells incidents to any HTTP receiver, signed as Standard Webhooks 1.0.0 asks. */
@NullMarked
package io.inferwarden.alerting.sink.webhook;

import org.jspecify.annotations.NullMarked;
