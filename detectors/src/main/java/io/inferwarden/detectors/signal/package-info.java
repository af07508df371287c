/** One observable of an event, cut into a few bins. */
@NullMarked
package io.inferwarden.detectors.signal;

import org.jspecify.annotations.NullMarked;
