/** Where acknowledged events are safe: transactions of Kafka, and a spool on disk before them. */
@NullMarked
package io.inferwarden.ingest.collector.log;

import org.jspecify.annotations.NullMarked;
