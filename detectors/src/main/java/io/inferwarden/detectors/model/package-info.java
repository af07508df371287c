/** Evidence that the inputs or the outputs of a model have shifted, pane by pane. */
@NullMarked
package io.inferwarden.detectors.model;

import org.jspecify.annotations.NullMarked;
