/** The HTTP API of incidents: what is asked, what people do, and the stream of what happens. */
@NullMarked
package io.inferwarden.app.api;

import org.jspecify.annotations.NullMarked;
