package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.ingest.RejectedEvent.Reason;
import java.util.List;

/** Makes inference events v1 of attributes; {@code docs/connect/opentelemetry.md} has the table. */
final class InferenceMapping {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final int STATUS_CHARACTERS = 64;

  /** More than an identifier may have, so that one that is cut is rejected as it should be. */
  private static final int CUT_IDENTIFIER = 1024;

  private final OtlpSettings settings;

  InferenceMapping(OtlpSettings settings) {
    this.settings = settings;
  }

  /** The event of a span that is an inference. */
  ObjectNode event(OtlpSpan span, GenAiKind kind) throws UnreadableRecordException {
    Attributes attributes = span.attributes();
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    putId(event, span.traceId(), span.spanId());
    long time = span.startNanos() != 0 ? span.startNanos() : span.endNanos();
    putTime(event, time);
    putWhoAndWhat(event, attributes, span.resource(), kind);
    if (span.isServer() && !event.has("ip")) {
      put(event, "ip", attributes.firstText(GenAiNames.PEER_OF_SERVER));
    }
    putStatus(event, attributes, span.isError());
    if (span.startNanos() != 0
        && Long.compareUnsigned(span.endNanos(), span.startNanos()) >= 0
        && span.endNanos() - span.startNanos() >= 0) {
      event.put("latencyMs", (span.endNanos() - span.startNanos()) / (double) NANOS_PER_MILLI);
    }
    putContent(event, attributes, ChatContent.of(attributes, span.events()));
    GuardVerdict verdict = GuardVerdict.of(attributes);
    for (OtlpEvent happened : span.events()) {
      verdict = GuardVerdict.gravest(verdict, GuardVerdict.of(happened.attributes()));
    }
    if (verdict != null) {
      event.put("guard", verdict.code());
    }
    return event;
  }

  /** The event of a log record, or of several of one span, that tell of an inference. */
  ObjectNode event(OtlpLog log, Attributes attributes, List<OtlpEvent> messages, GenAiKind kind)
      throws UnreadableRecordException {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    putId(event, log.traceId(), log.spanId());
    putTime(event, log.timeNanos());
    putWhoAndWhat(event, attributes, log.resource(), kind);
    putStatus(event, attributes, false);
    putContent(event, attributes, ChatContent.of(attributes, messages));
    GuardVerdict verdict = GuardVerdict.of(attributes);
    if (verdict != null) {
      event.put("guard", verdict.code());
    }
    return event;
  }

  private void putWhoAndWhat(
      ObjectNode event, Attributes attributes, Attributes resource, GenAiKind kind)
      throws UnreadableRecordException {
    String asked = attributes.firstText(GenAiNames.REQUEST_MODEL);
    String answering = attributes.firstText(GenAiNames.RESPONSE_MODEL);
    if (asked.isEmpty() && answering.isEmpty()) {
      throw new UnreadableRecordException(
          Reason.MISSING_FIELD, "model", "expected gen_ai.request.model, found none");
    }
    put(event, "model", asked.isEmpty() ? answering : asked);
    if (!answering.equals(asked) && !asked.isEmpty()) {
      put(event, "version", answering);
    }
    put(event, "principal", principal(attributes, resource));
    put(event, "org", first(settings.organisationAttributes(), attributes, resource));
    put(event, "ip", first(settings.addressAttributes(), attributes, resource));
    put(event, "operation", kind.operation());
  }

  private String principal(Attributes attributes, Attributes resource)
      throws UnreadableRecordException {
    for (String name : settings.principalAttributes()) {
      String value = first(List.of(name), attributes, resource);
      if (!value.isEmpty()) {
        return settings.addressAttributes().contains(name) ? "address:" + value : value;
      }
    }
    String service = resource.text(GenAiNames.SERVICE_NAME);
    if (service.isBlank()) {
      throw new UnreadableRecordException(
          Reason.MISSING_FIELD,
          "principal",
          "expected one of "
              + String.join(", ", settings.principalAttributes())
              + ", or service.name on the resource, found none");
    }
    return "service:" + service;
  }

  private static String first(List<String> names, Attributes attributes, Attributes resource) {
    String own = attributes.firstText(names);
    return own.isEmpty() ? resource.firstText(names) : own;
  }

  private static void putId(ObjectNode event, String traceId, String spanId) {
    if (!traceId.isEmpty() && !spanId.isEmpty()) {
      event.put("id", traceId + "-" + spanId);
    }
  }

  private static void putTime(ObjectNode event, long nanos) throws UnreadableRecordException {
    if (nanos == 0) {
      throw new UnreadableRecordException(
          Reason.MISSING_FIELD, "time", "expected the time that the record began, found none");
    }
    event.put("time", Long.divideUnsigned(nanos, NANOS_PER_MILLI));
  }

  private static void putStatus(ObjectNode event, Attributes attributes, boolean isError) {
    String error = attributes.text(GenAiNames.ERROR_TYPE);
    if (!error.isBlank()) {
      int characters = error.codePointCount(0, error.length());
      int end = error.offsetByCodePoints(0, Math.min(characters, STATUS_CHARACTERS));
      put(event, "status", error.substring(0, end));
    } else {
      event.put("status", isError ? "error" : "ok");
    }
  }

  private static void putContent(ObjectNode event, Attributes attributes, ChatContent content) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    putText(input, content.asked());
    putCount(input, attributes.firstValue(GenAiNames.INPUT_TOKENS));
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    putText(output, content.answered());
    putCount(output, attributes.firstValue(GenAiNames.OUTPUT_TOKENS));
    put(output, "finishReason", content.finishReason());
    if (!input.isEmpty()) {
      event.set("input", input);
    }
    if (!output.isEmpty()) {
      event.set("output", output);
    }
  }

  /** A count as it came; some exporters send numbers as texts or as reals without a fraction. */
  private static void putCount(ObjectNode object, JsonNode count) {
    if (count.isMissingNode()) {
      return;
    }
    boolean isWhole = count.isFloatingPointNumber() && count.doubleValue() == count.longValue();
    if (isWhole) {
      object.put("tokens", count.longValue());
    } else if (count.isTextual() && count.textValue().matches("[0-9]{1,18}")) {
      object.put("tokens", Long.parseLong(count.textValue()));
    } else {
      object.set("tokens", count);
    }
  }

  private static void put(ObjectNode object, String field, String text) {
    if (!text.isEmpty()) {
      String cut = text.length() > CUT_IDENTIFIER ? text.substring(0, CUT_IDENTIFIER) : text;
      object.put(field, WellFormedText.of(cut));
    }
  }

  private static void putText(ObjectNode object, String text) {
    if (!text.isEmpty()) {
      object.put("text", WellFormedText.of(text));
    }
  }
}
