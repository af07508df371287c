/** The compact binary form of detector state and baselines. */
@NullMarked
package io.inferwarden.detectors.state;

import org.jspecify.annotations.NullMarked;
