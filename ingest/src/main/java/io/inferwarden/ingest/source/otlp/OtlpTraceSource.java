package io.inferwarden.ingest.source.otlp;

import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads OTLP bodies of spans, {@code /v1/traces}, in protobuf or JSON. Each span of a model's call
 * is an event; spans of agents, tools and workflows are skipped like any others, since the calls
 * they make have spans of their own. A guard's span marks the span that it is part of, if both come
 * in one body.
 */
public final class OtlpTraceSource implements EventSource {
  private final InferenceMapping mapping;

  public OtlpTraceSource(OtlpSettings settings) {
    this.mapping = new InferenceMapping(settings);
  }

  @Override
  public String name() {
    return "otlp";
  }

  @Override
  public void read(Payload payload, RawEvents found) throws MalformedPayloadException {
    RecordReader reader = new RecordReader(Signal.TRACES, payload);
    Spans spans = new Spans(reader.body());
    reader.read(spans);
    spans.guards.mark(spans.findings);
    RecordReader.deliver(spans.findings, found);
  }

  private final class Spans implements RecordReader.RecordConsumer {
    final List<Finding> findings = new ArrayList<>();
    final SpanGuards guards = new SpanGuards();
    private final byte[] body;

    Spans(byte[] body) {
      this.body = body;
    }

    @Override
    public void take(String place, Encoding encoding, Slice bytes, Attributes resource)
        throws UnreadableRecordException {
      OtlpSpan span = encoding.span(body, bytes, resource);
      GenAiKind kind = GenAiKind.of(span.attributes());
      if (kind.isInference()) {
        String key = SpanGuards.key(span.traceId(), span.spanId());
        findings.add(Finding.event(place, key, mapping.event(span, kind)));
        return;
      }
      if (kind == GenAiKind.GUARD) {
        String judged = SpanGuards.key(span.traceId(), span.parentSpanId());
        guards.add(judged, GuardVerdict.of(span.attributes()));
      }
      findings.add(Finding.skipped(place));
    }

    @Override
    public void rejected(String place, RejectedEvent why) {
      findings.add(Finding.rejected(place, why));
    }
  }
}
