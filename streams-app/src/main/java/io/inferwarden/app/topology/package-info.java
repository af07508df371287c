/** The shape of the data flow: which box is connected to which, by name. */
@NullMarked
package io.inferwarden.app.topology;

import org.jspecify.annotations.NullMarked;
