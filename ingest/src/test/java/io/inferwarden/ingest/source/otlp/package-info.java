/** Tests of what OpenTelemetry sends. */
@NullMarked
package io.inferwarden.ingest.source.otlp;

import org.jspecify.annotations.NullMarked;
