package io.inferwarden.ingest.source.otlp;

import java.util.List;

/**
 * A span, whatever it was encoded in.
 *
 * @param traceId 32 hexadecimal digits in lower case; empty when absent or all zero
 * @param spanId 16 hexadecimal digits in lower case; empty when absent or all zero
 * @param parentSpanId like {@code spanId}, of the span that this one is part of
 * @param startNanos since the epoch, unsigned; 0 when absent
 * @param endNanos since the epoch, unsigned; 0 when absent
 * @param isServer whether the span is the server's side of a call
 * @param isError whether its status says that it failed
 */
record OtlpSpan(
    String traceId,
    String spanId,
    String parentSpanId,
    long startNanos,
    long endNanos,
    boolean isServer,
    boolean isError,
    Attributes attributes,
    Attributes resource,
    List<OtlpEvent> events) {}
