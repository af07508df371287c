package io.inferwarden.ingest.source.otlp;

import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads OTLP bodies of log records, {@code /v1/logs}, in protobuf or JSON. A record of {@code
 * gen_ai.client.inference.operation.details} is an event. Records of single messages, such as
 * {@code gen_ai.user.message}, are an event together with those of the same span in the same body,
 * if one of them names the model, and skipped otherwise: their span tells of the call.
 */
public final class OtlpLogSource implements EventSource {
  private final InferenceMapping mapping;

  public OtlpLogSource(OtlpSettings settings) {
    this.mapping = new InferenceMapping(settings);
  }

  @Override
  public String name() {
    return "otlp";
  }

  @Override
  public void read(Payload payload, RawEvents found) throws MalformedPayloadException {
    RecordReader reader = new RecordReader(Signal.LOGS, payload);
    Logs logs = new Logs(reader.body());
    reader.read(logs);
    logs.messages.resolve(mapping, logs.findings);
    logs.guards.mark(logs.findings);
    RecordReader.deliver(logs.findings, found);
  }

  private final class Logs implements RecordReader.RecordConsumer {
    final List<Finding> findings = new ArrayList<>();
    final SpanGuards guards = new SpanGuards();
    final LogMessages messages = new LogMessages();
    private final byte[] body;

    Logs(byte[] body) {
      this.body = body;
    }

    @Override
    public void take(String place, Encoding encoding, Slice bytes, Attributes resource)
        throws UnreadableRecordException {
      OtlpLog log = encoding.log(body, bytes, resource);
      String key = SpanGuards.key(log.traceId(), log.spanId());
      OtlpEvent event = log.event();
      if (event.name().equals(GenAiNames.DETAILS_EVENT)) {
        Attributes all = event.attributes().orElse(event.body());
        GenAiKind kind = GenAiKind.of(all);
        if (kind.isInference()) {
          findings.add(Finding.event(place, key, mapping.event(log, all, List.of(), kind)));
          return;
        }
      } else if (EventTurns.isMessage(event.name()) && !key.isEmpty()) {
        messages.add(key, findings.size(), log);
      } else {
        guards.add(key, GuardVerdict.of(event.attributes()));
      }
      findings.add(Finding.skipped(place));
    }

    @Override
    public void rejected(String place, RejectedEvent why) {
      findings.add(Finding.rejected(place, why));
    }
  }
}
