/** How every incident reaches every sink, or a dead letter that says why not. */
@NullMarked
package io.inferwarden.alerting.delivery;

import org.jspecify.annotations.NullMarked;
