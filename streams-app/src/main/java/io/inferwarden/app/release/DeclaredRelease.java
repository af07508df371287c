package io.inferwarden.app.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * That somebody says to have put a version of a model into service: the record of the topic {@code
 * deployments}.
 *
 * @param model not empty
 * @param version not empty
 * @param digest of its weights; empty when it was not said
 * @param by pseudonym of who did it; null when it was not said
 * @param atMillis when, since the epoch
 */
public record DeclaredRelease(
    String model, String version, String digest, @Nullable String by, long atMillis) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a record that does not say its version has. */
  private static final int SCHEMA_VERSION = 1;

  public DeclaredRelease {
    if (model.isBlank() || version.isBlank()) {
      throw new IllegalArgumentException("model and version must not be blank");
    }
  }

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static DeclaredRelease fromJson(byte[] json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("a deployment must be JSON", e);
    }
    long schema = root.path("schemaVersion").asLong(SCHEMA_VERSION);
    if (schema > SCHEMA_VERSION) {
      // Others may write this topic, too: no reason to stop, only to leave it out.
      throw new IllegalArgumentException(
          "schemaVersion must be at most " + SCHEMA_VERSION + ", was " + schema);
    }
    JsonNode by = root.path("by");
    return new DeclaredRelease(
        root.path("model").asText(""),
        root.path("version").asText(""),
        root.path("digest").asText(""),
        by.isTextual() ? by.asText() : null,
        millis(root.path("at")));
  }

  private static long millis(JsonNode at) {
    if (at.isIntegralNumber()) {
      return at.longValue();
    }
    try {
      return Instant.parse(at.asText("")).toEpochMilli();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("at must be a time, was " + at, e);
    }
  }
}
