/** Inferences in what OpenTelemetry sends: OTLP/HTTP bodies of spans and of log records. */
@NullMarked
package io.inferwarden.ingest.source.otlp;

import org.jspecify.annotations.NullMarked;
