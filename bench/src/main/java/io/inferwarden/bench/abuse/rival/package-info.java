/** What a user would write instead, or take from the literature, to find those who copy a model. */
@NullMarked
package io.inferwarden.bench.abuse.rival;

import org.jspecify.annotations.NullMarked;
