/** How fast the whole platform reads the log, beside the limit and what a user would write. */
@NullMarked
package io.inferwarden.bench.throughput;

import org.jspecify.annotations.NullMarked;
