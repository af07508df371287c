/** How long it takes from an event to the alert that it raises. */
@NullMarked
package io.inferwarden.bench.latency;

import org.jspecify.annotations.NullMarked;
