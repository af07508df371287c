/**
 * Runs the real detectors over simulated months without a change, and over shifts of known size.
 */
@NullMarked
package io.inferwarden.bench.simulation;

import org.jspecify.annotations.NullMarked;
