package io.inferwarden.ingest.source.otlp;

import io.inferwarden.ingest.source.Payload;
import java.util.List;

/** The payloads of the recorded variants, to begin with. */
public final class OtlpPayloads {
  private OtlpPayloads() {}

  /** Bodies of spans, in both encodings. */
  public static List<Payload> traces() {
    return all(OtlpTraceSource.class);
  }

  /** Bodies of log records, in both encodings. */
  public static List<Payload> logs() {
    return all(OtlpLogSource.class);
  }

  private static List<Payload> all(Class<?> source) {
    return RecordedVariant.all().stream()
        .filter(variant -> source.isInstance(variant.source()))
        .map(RecordedVariant::payload)
        .toList();
  }
}
