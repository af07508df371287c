/** The places that an incident can be sent to. */
@NullMarked
package io.inferwarden.alerting.sink;

import org.jspecify.annotations.NullMarked;
