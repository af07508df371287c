/** Where recorded events are read from: files of JSON lines, plain or compressed. */
@NullMarked
package io.inferwarden.ingest.source;

import org.jspecify.annotations.NullMarked;
