/** Tests of where recorded events are read from. */
@NullMarked
package io.inferwarden.ingest.source;

import org.jspecify.annotations.NullMarked;
