package io.inferwarden.ingest.source.otlp;

/**
 * A log record, whatever it was encoded in.
 *
 * @param traceId 32 hexadecimal digits in lower case; empty when absent or all zero
 * @param spanId 16 hexadecimal digits in lower case; empty when absent or all zero
 * @param timeNanos since the epoch, unsigned; 0 when absent
 */
record OtlpLog(
    String traceId, String spanId, long timeNanos, OtlpEvent event, Attributes resource) {}
