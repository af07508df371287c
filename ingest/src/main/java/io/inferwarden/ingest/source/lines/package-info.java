/** Inference events v1 as they are: one, an array of them, or JSON lines. */
@NullMarked
package io.inferwarden.ingest.source.lines;

import org.jspecify.annotations.NullMarked;
