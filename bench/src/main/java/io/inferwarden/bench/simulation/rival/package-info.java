/** What a user would run instead, written from the papers and the products' stated defaults. */
@NullMarked
package io.inferwarden.bench.simulation.rival;

import org.jspecify.annotations.NullMarked;
