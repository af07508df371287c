/**
 * The statistics of Inferwarden: pure functions and small state, free of Kafka, JSON and clocks.
 */
@NullMarked
package io.inferwarden.detectors;

import org.jspecify.annotations.NullMarked;
