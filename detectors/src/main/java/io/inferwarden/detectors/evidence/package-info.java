/** Predictive laws of counts and the likelihood ratios that are made of them. */
@NullMarked
package io.inferwarden.detectors.evidence;

import org.jspecify.annotations.NullMarked;
