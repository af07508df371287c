package io.inferwarden.ingest.collector.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.inferwarden.ingest.door.KeptText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The record of a kept text. Texts that would not fit a record are cut, and it says so. */
final class KeptTextJson {
  /** At six bytes for the worst character, two texts of this length fit a record. */
  static final int MOST_CHARACTERS = 160 * 1024;

  private static final JsonFactory JSON = new JsonFactory();

  private KeptTextJson() {}

  static byte[] toJson(KeptText text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("id", text.eventId());
      json.writeNumberField("time", text.timeMillis());
      json.writeStringField("model", text.model());
      json.writeStringField("principal", text.principal());
      write(json, "input", text.input());
      write(json, "output", text.output());
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator json, String name, @Nullable String text)
      throws IOException {
    if (text == null) {
      return;
    }
    if (text.length() <= MOST_CHARACTERS) {
      json.writeStringField(name, text);
      return;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
    int end = splitsPair ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
    json.writeStringField(name, text.substring(0, end));
    json.writeNumberField(name + "Length", text.length());
  }
}
