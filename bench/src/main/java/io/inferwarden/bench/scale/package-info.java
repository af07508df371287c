/** How the cost of an event grows with what is watched. */
@NullMarked
package io.inferwarden.bench.scale;

import org.jspecify.annotations.NullMarked;
