/** Many accounts as one: evidence of a network prefix, campaigns of likeness, and rings. */
@NullMarked
package io.inferwarden.detectors.cohort;

import org.jspecify.annotations.NullMarked;
