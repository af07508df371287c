/** What the platform says of itself to Prometheus. */
@NullMarked
package io.inferwarden.app.metrics;

import org.jspecify.annotations.NullMarked;
