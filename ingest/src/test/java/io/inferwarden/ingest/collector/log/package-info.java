/** Tests of where acknowledged events are safe. */
@NullMarked
package io.inferwarden.ingest.collector.log;

import org.jspecify.annotations.NullMarked;
