package io.inferwarden.ingest.source.kserve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.ingest.RejectedEvent.Reason;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.json.JsonFields;
import io.inferwarden.ingest.source.json.JsonTimes;
import io.inferwarden.ingest.source.json.JsonTrees;
import io.inferwarden.ingest.source.json.RejectedJsonException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads CloudEvents 1.0 of KServe's inference logger, of HTTP ({@code ce-} headers) and of Kafka
 * ({@code ce_} headers). The trees are those of {@link JsonTrees}, so that the limits hold here,
 * too.
 */
final class CloudEvents {
  private static final String REQUEST = "org.kubeflow.serving.inference.request";
  private static final String RESPONSE = "org.kubeflow.serving.inference.response";
  private static final int MOST_HEADERS = 100;
  private static final ObjectMapper WRITER = new ObjectMapper();

  private CloudEvents() {}

  /** Whether the payload's headers hold a CloudEvent's attributes. */
  static boolean isBinary(Payload payload) {
    return !header(payload, "specversion").isEmpty();
  }

  /**
   * Reads a CloudEvent in binary mode; null when it is of another type.
   *
   * @throws RejectedJsonException when it is none
   */
  static @Nullable Half binary(Payload payload) throws RejectedJsonException {
    return half(name -> header(payload, name), payload.body(), payload.receivedAtMillis());
  }

  /**
   * Reads a CloudEvent in structured mode; null when it is of another type.
   *
   * @throws RejectedJsonException when it is none
   */
  static @Nullable Half structured(JsonNode event, long receivedAtMillis)
      throws RejectedJsonException {
    return half(name -> JsonFields.text(event, name), data(event), receivedAtMillis);
  }

  private static @Nullable Half half(
      UnaryOperator<String> attributes, byte[] body, long receivedAtMillis)
      throws RejectedJsonException {
    if (!attributes.apply("specversion").equals("1.0")) {
      throw new RejectedJsonException(
          Reason.INVALID_VALUE, "expected a CloudEvent of specversion 1.0, found another or none");
    }
    String type = required(attributes, "type");
    String id = required(attributes, "id");
    if (!type.equals(REQUEST) && !type.equals(RESPONSE)) {
      return null;
    }
    Half.Key key =
        new Half.Key(
            id,
            attributes.apply("namespace"),
            attributes.apply("inferenceservicename"),
            attributes.apply("component"),
            attributes.apply("endpoint"));
    return new Half(
        key,
        type.equals(REQUEST),
        JsonTimes.epochMillis(attributes.apply("time")).orElse(Double.NaN),
        receivedAtMillis,
        metadata(attributes.apply("metadata")),
        body);
  }

  private static String required(UnaryOperator<String> attributes, String name)
      throws RejectedJsonException {
    String value = attributes.apply(name);
    if (value.isBlank()) {
      throw new RejectedJsonException(
          Reason.MISSING_FIELD, "expected the attribute " + name + " of a CloudEvent, found none");
    }
    return value;
  }

  private static String header(Payload payload, String attribute) {
    String value = payload.header("ce-" + attribute);
    return value.isEmpty() ? payload.header("ce_" + attribute) : value;
  }

  private static byte[] data(JsonNode event) throws RejectedJsonException {
    if (event.has("data_base64")) {
      try {
        return Base64.getDecoder().decode(JsonFields.text(event, "data_base64"));
      } catch (IllegalArgumentException malformed) {
        throw new RejectedJsonException(
            Reason.INVALID_VALUE, "expected Base64 as data_base64, found something else");
      }
    }
    JsonNode data = event.path("data");
    // Data of another content type than JSON is a string that holds it.
    return data.isTextual() ? data.textValue().getBytes(StandardCharsets.UTF_8) : bytes(data);
  }

  private static byte[] bytes(JsonNode data) throws RejectedJsonException {
    try {
      return data.isMissingNode() ? new byte[0] : WRITER.writeValueAsBytes(data);
    } catch (JsonProcessingException unpaired) {
      throw new RejectedJsonException(
          Reason.NOT_JSON, "not JSON: half of a surrogate pair stands alone");
    }
  }

  /**
   * Headers of the request: a JSON object by name of strings or lists of strings, which some
   * senders percent-encode. None when it is anything else: the events then have no caller, but are
   * events.
   */
  private static Map<String, String> metadata(String attribute) {
    String json = attribute.startsWith("%") ? percentDecoded(attribute) : attribute;
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    try {
      JsonNode tree = JsonTrees.read(bytes, 0, bytes.length);
      for (Map.Entry<String, JsonNode> header : tree.properties()) {
        JsonNode value = header.getValue();
        String text = JsonFields.text(value.isArray() ? value.path(0) : value);
        if (!text.isBlank() && headers.size() < MOST_HEADERS) {
          headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), text.trim());
        }
      }
    } catch (RejectedJsonException noObject) {
      return Map.of();
    }
    return headers;
  }

  private static String percentDecoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }
}
