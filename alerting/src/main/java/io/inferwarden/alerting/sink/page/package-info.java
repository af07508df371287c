/** Tells incidents to the systems that wake people: PagerDuty and Alertmanager. */
@NullMarked
package io.inferwarden.alerting.sink.page;

import org.jspecify.annotations.NullMarked;
