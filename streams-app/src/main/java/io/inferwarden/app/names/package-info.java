/** The names of topics, of the boxes of the topology and of its state stores. */
@NullMarked
package io.inferwarden.app.names;

import org.jspecify.annotations.NullMarked;
