package io.inferwarden.ingest.source.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.JoiningSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a sender sent, and what became of it: a file with {@code payloads} and {@code outcomes}. A
 * payload has a {@code body} as text, as {@code json}, as {@code base64}, or in {@code parts} that
 * are repeated; a number instead of a payload releases what a joining source holds at that time.
 */
public final class RecordedVariant {
  public static final long RECEIVED_AT_MILLIS = 1_772_409_700_000L;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final Path ROOT =
      Path.of("src", "test", "resources", "io", "inferwarden", "ingest", "source");

  private final Path file;
  private final ObjectNode tree;

  private RecordedVariant(Path file, ObjectNode tree) {
    this.file = file;
    this.tree = tree;
  }

  /** The variants of one format. */
  public static List<RecordedVariant> of(String format) throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(format))) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .sorted()
          .map(RecordedVariant::read)
          .toList();
    }
  }

  /** What is expected of it. */
  public JsonNode expected() {
    return tree.path("outcomes");
  }

  /** What a source makes of it. */
  public ArrayNode outcomes(EventSource source) throws IOException {
    RecordedOutcomes outcomes = new RecordedOutcomes();
    for (JsonNode step : tree.path("payloads")) {
      if (step.isNumber()) {
        ((JoiningSource) source).release(step.longValue(), outcomes);
        continue;
      }
      try {
        source.read(payload(step), outcomes);
      } catch (MalformedPayloadException malformed) {
        outcomes.malformed(malformed);
      }
    }
    return outcomes.list();
  }

  /** Writes what a source makes of it into its file, to be read by a person before it counts. */
  public void record(EventSource source) throws IOException {
    tree.set("outcomes", outcomes(source));
    Files.writeString(file, JSON.writeValueAsString(tree) + "\n");
  }

  /** The bodies of its payloads. */
  public List<Payload> payloads() throws IOException {
    List<Payload> payloads = new ArrayList<>();
    for (JsonNode step : tree.path("payloads")) {
      if (step.isObject()) {
        payloads.add(payload(step));
      }
    }
    return payloads;
  }

  private static Payload payload(JsonNode step) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    step.path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
    return new Payload(
        body(step),
        step.path("contentType").asText("application/json"),
        headers,
        step.path("receivedAt").asLong(RECEIVED_AT_MILLIS));
  }

  private static byte[] body(JsonNode step) throws IOException {
    if (step.has("json")) {
      return new ObjectMapper().writeValueAsBytes(step.path("json"));
    }
    if (step.has("base64")) {
      return Base64.getDecoder().decode(step.path("base64").asText());
    }
    if (step.has("body")) {
      return step.path("body").asText().getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (JsonNode part : step.path("parts")) {
      String text = part.path("text").asText().repeat(part.path("times").asInt(1));
      body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
    return body.toByteArray();
  }

  private static RecordedVariant read(Path file) {
    try {
      return new RecordedVariant(file, (ObjectNode) JSON.readTree(file.toFile()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public String toString() {
    return String.valueOf(file.getFileName()).replace(".json", "").replace('-', ' ');
  }
}
