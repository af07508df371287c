/** Who is told of an incident: routes, silences, maintenance and inhibition. */
@NullMarked
package io.inferwarden.alerting.route;

import org.jspecify.annotations.NullMarked;
