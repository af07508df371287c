/** What an inference event is, and how events get in. */
@NullMarked
package io.inferwarden.ingest;

import org.jspecify.annotations.NullMarked;
