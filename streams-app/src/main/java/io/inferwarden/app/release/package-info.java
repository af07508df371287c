/** Which releases of models somebody has declared to have put into service. */
@NullMarked
package io.inferwarden.app.release;

import org.jspecify.annotations.NullMarked;
