/** What is to be told to whom, and what became of it. */
@NullMarked
package io.inferwarden.alerting.outbox;

import org.jspecify.annotations.NullMarked;
