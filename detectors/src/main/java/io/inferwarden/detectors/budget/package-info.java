/** How many false alarms the operator accepts, and how every stream keeps its share of them. */
@NullMarked
package io.inferwarden.detectors.budget;

import org.jspecify.annotations.NullMarked;
