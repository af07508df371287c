package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.Payload;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One file beside the tests: what was sent and what must come of it. A {@code body} is sent in both
 * encodings unless the file names one; {@code text} and {@code hex} are sent as they are.
 */
record RecordedVariant(String name, JsonNode recording, Payload payload) {
  static final long RECEIVED_AT_MILLIS = 1_772_409_700_000L;

  private static final JsonMapper MAPPER = new JsonMapper();

  static List<RecordedVariant> all() {
    try (Stream<Path> files = Files.list(Path.of(folder()))) {
      List<RecordedVariant> variants = new ArrayList<>();
      for (Path file : files.filter(file -> file.toString().endsWith(".json")).sorted().toList()) {
        JsonNode recording = MAPPER.readTree(file.toFile());
        variants.addAll(ofRecording(file.getFileName().toString(), recording));
      }
      return variants;
    } catch (IOException | URISyntaxException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  EventSource source() {
    return isTraces(recording)
        ? new OtlpTraceSource(OtlpSettings.defaults())
        : new OtlpLogSource(OtlpSettings.defaults());
  }

  @Override
  public String toString() {
    return name + " (" + recording.path("about").asText() + ")";
  }

  private static List<RecordedVariant> ofRecording(String name, JsonNode recording)
      throws IOException {
    JsonNode body = recording.path("body");
    if (body.isMissingNode()) {
      byte[] bytes =
          recording.has("hex")
              ? HexFormat.of().parseHex(recording.path("hex").asText())
              : recording.path("text").asText().getBytes(StandardCharsets.UTF_8);
      String contentType = recording.path("contentType").asText();
      return List.of(new RecordedVariant(name, recording, payload(bytes, contentType)));
    }
    byte[] json = MAPPER.writeValueAsBytes(body);
    RecordedVariant asJson =
        new RecordedVariant(name + " in JSON", recording, payload(json, "application/json"));
    if (recording.path("encoding").asText().equals("json")) {
      return List.of(asJson);
    }
    byte[] protobuf = isTraces(recording) ? ProtobufOfJson.traces(body) : ProtobufOfJson.logs(body);
    return List.of(
        asJson,
        new RecordedVariant(
            name + " in protobuf", recording, payload(protobuf, "application/x-protobuf")));
  }

  private static boolean isTraces(JsonNode recording) {
    return recording.path("signal").asText().equals("traces");
  }

  static Payload payload(byte[] body, String contentType) {
    return new Payload(body, contentType, Map.of(), RECEIVED_AT_MILLIS);
  }

  private static URI folder() throws URISyntaxException {
    return Objects.requireNonNull(
            RecordedVariant.class.getResource("newest-edition-structured.json"))
        .toURI()
        .resolve(".");
  }
}
