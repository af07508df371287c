/** The wiring of Inferwarden: configuration, life cycle and the command line. */
@NullMarked
package io.inferwarden.app;

import org.jspecify.annotations.NullMarked;
