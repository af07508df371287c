package io.inferwarden.ingest.source.envoy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.inferwarden.ingest.Operation;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;
import io.inferwarden.ingest.source.json.EventDraft;
import io.inferwarden.ingest.source.json.EventIds;
import io.inferwarden.ingest.source.json.JsonElements;
import io.inferwarden.ingest.source.json.JsonFields;
import io.inferwarden.ingest.source.json.JsonTimes;
import io.inferwarden.ingest.source.json.JsonTrees;
import io.inferwarden.ingest.source.json.RejectedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Access-log lines of Envoy AI Gateway, one, an array of them, or JSON lines; also such lines as
 * the text field {@code message} or {@code log} of what a log shipper wraps around them. Lines that
 * name no model, and those of the Model Context Protocol, are skipped. In an access log {@code -}
 * stands for absent.
 */
public final class EnvoySource implements EventSource {
  private static final List<String> WRAPPERS = List.of("message", "log");

  private final EnvoyFieldMap fields;

  public EnvoySource(EnvoyFieldMap fields) {
    this.fields = fields;
  }

  @Override
  public String name() {
    return "envoy";
  }

  @Override
  public void read(Payload payload, RawEvents found) throws MalformedPayloadException {
    JsonElements.read(
        payload.body(),
        (place, json, offset, length) -> {
          try {
            JsonNode line = unwrapped(JsonTrees.readObject(json, offset, length));
            readLine(line, place, payload.receivedAtMillis(), found);
          } catch (RejectedJsonException rejected) {
            found.rejected(place, rejected.why());
          }
        });
  }

  private void readLine(JsonNode line, String place, long receivedAtMillis, RawEvents found) {
    String model = text(line, EnvoyField.MODEL);
    if (model.isEmpty() || !text(line, EnvoyField.MCP).isEmpty()) {
      found.skipped(place);
      return;
    }
    String served = text(line, EnvoyField.SERVED_MODEL);
    String address = withoutPort(JsonFields.firstAddress(text(line, EnvoyField.ADDRESS)));
    String principal = text(line, EnvoyField.PRINCIPAL);
    OptionalDouble time = JsonTimes.epochMillis(value(line, EnvoyField.TIME));
    double timeMillis = time.orElse((double) receivedAtMillis);
    new EventDraft()
        .id(EventIds.of(text(line, EnvoyField.ID), timeMillis))
        .timeMillis(timeMillis)
        .model(model)
        .version(served.equals(model) ? "" : served)
        .principal(principal.isEmpty() ? address : principal)
        .org(text(line, EnvoyField.ORGANISATION))
        .ip(address)
        .operation(operation(text(line, EnvoyField.PATH)))
        .status(status(text(line, EnvoyField.STATUS)))
        .latencyMillis(number(value(line, EnvoyField.DURATION)))
        .inputTokens(JsonFields.count(value(line, EnvoyField.INPUT_TOKENS)))
        .outputTokens(JsonFields.count(value(line, EnvoyField.OUTPUT_TOKENS)))
        .giveTo(place, found);
  }

  private String text(JsonNode line, EnvoyField field) {
    return JsonFields.text(value(line, field)).trim();
  }

  /** The first field by that meaning which is there. */
  private JsonNode value(JsonNode line, EnvoyField field) {
    List<String> names = fields.of(field);
    for (int i = 0; i < names.size(); i++) {
      JsonNode value = line.path(names.get(i));
      if (isPresent(value)) {
        return value;
      }
    }
    return MissingNode.getInstance();
  }

  private static boolean isPresent(JsonNode value) {
    if (value.isTextual()) {
      String text = value.textValue();
      return !text.isBlank() && !text.equals("-");
    }
    return value.isNumber();
  }

  /** The line itself where a shipper has wrapped it. */
  private JsonNode unwrapped(JsonNode line) throws RejectedJsonException {
    if (!text(line, EnvoyField.MODEL).isEmpty()) {
      return line;
    }
    for (String wrapper : WRAPPERS) {
      JsonNode wrapped = line.path(wrapper);
      if (wrapped.isObject()) {
        return wrapped;
      }
      if (wrapped.isTextual() && wrapped.textValue().stripLeading().startsWith("{")) {
        byte[] json = wrapped.textValue().getBytes(StandardCharsets.UTF_8);
        return JsonTrees.readObject(json, 0, json.length);
      }
    }
    return line;
  }

  private static String status(String responseCode) {
    boolean isSuccess = responseCode.length() == 3 && responseCode.charAt(0) == '2';
    return responseCode.isEmpty() || isSuccess ? "" : "http_" + responseCode;
  }

  private static @Nullable Operation operation(String path) {
    int query = path.indexOf('?');
    String plain = query < 0 ? path : path.substring(0, query);
    if (plain.endsWith("/embeddings")) {
      return Operation.EMBED;
    }
    boolean isGeneration =
        plain.endsWith("/completions")
            || plain.endsWith("/messages")
            || plain.endsWith("/responses");
    return isGeneration ? Operation.GENERATE : null;
  }

  private static double number(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    long whole = JsonFields.count(value);
    return whole < 0 ? Double.NaN : whole;
  }

  /** An address without its port: {@code 10.0.0.1:80}, {@code [::1]:80}. */
  private static String withoutPort(String address) {
    if (address.startsWith("[")) {
      int end = address.indexOf(']');
      return end < 0 ? address : address.substring(1, end);
    }
    int colon = address.indexOf(':');
    return colon >= 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
  }
}
