/** What the collector takes a second, and how long its answers take. */
@NullMarked
package io.inferwarden.bench.collector;

import org.jspecify.annotations.NullMarked;
