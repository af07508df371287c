/** One small class per box of the diagram: from record to detector, and from state to store. */
@NullMarked
package io.inferwarden.app.processor;

import org.jspecify.annotations.NullMarked;
