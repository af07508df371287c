package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Verdicts of guards that have records of their own, by the span that they judged. */
final class SpanGuards {
  private final Map<String, GuardVerdict> verdicts = new HashMap<>();

  /** The key of a span, or an empty string when its trace or itself is not known. */
  static String key(String traceId, String spanId) {
    return traceId.isEmpty() || spanId.isEmpty() ? "" : traceId + "-" + spanId;
  }

  void add(String spanKey, @Nullable GuardVerdict verdict) {
    if (!spanKey.isEmpty() && verdict != null) {
      verdicts.merge(spanKey, verdict, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
  }

  /** Puts the gravest verdict on each event whose span was judged. */
  void mark(List<Finding> findings) {
    for (Finding finding : findings) {
      ObjectNode event = finding.event();
      GuardVerdict verdict = verdicts.get(finding.spanKey());
      if (event != null && verdict != null && !isGraver(event.path("guard").asText(""), verdict)) {
        event.put("guard", verdict.code());
      }
    }
  }

  private static boolean isGraver(String code, GuardVerdict than) {
    GuardVerdict own = GuardVerdict.ofWord(code);
    return own != null && own.compareTo(than) > 0;
  }
}
