/** How findings become incidents, and how an incident reads in plain words. */
@NullMarked
package io.inferwarden.alerting.feed;

import org.jspecify.annotations.NullMarked;
