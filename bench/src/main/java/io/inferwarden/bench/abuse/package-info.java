/**
 * Measures the evidence per principal on recorded traces: how well its promise of false accusations
 * holds when the learning saw less, what hides from it, and what other detectors do.
 */
@NullMarked
package io.inferwarden.bench.abuse;

import org.jspecify.annotations.NullMarked;
