/** Processes of their own: a benchmark, what it measures and its broker share no JVM. */
@NullMarked
package io.inferwarden.bench.process;

import org.jspecify.annotations.NullMarked;
