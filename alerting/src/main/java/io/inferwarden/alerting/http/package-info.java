/** How sinks speak HTTP: bounded in time, without redirects, and not to addresses of the inside. */
@NullMarked
package io.inferwarden.alerting.http;

import org.jspecify.annotations.NullMarked;
