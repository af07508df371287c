/** Inference events as the detectors see them. */
@NullMarked
package io.inferwarden.app.observation;

import org.jspecify.annotations.NullMarked;
