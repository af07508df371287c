package io.inferwarden.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as inference events v1. Absent values are left out, and so is raw text, of which
 * {@code textLength} and {@code textMeasures} remain. Thread-safe.
 */
public final class EventJsonWriter {
  /** The version of the lexicons that measures without one were made by. */
  private static final int FIRST_LEXICON = 1;

  private final JsonFactory factory =
      JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  /** The event in UTF-8. */
  public byte[] write(InferenceEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      writeEvent(json, event);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  private static void writeEvent(JsonGenerator json, InferenceEvent event) throws IOException {
    json.writeStartObject();
    writeText(json, "id", event.id());
    json.writeNumberField("time", event.timeMillis());
    json.writeStringField("model", event.model());
    writeText(json, "version", event.version().isEmpty() ? null : event.version());
    writeText(json, "digest", event.digest());
    json.writeStringField("principal", event.principal());
    writeText(json, "org", event.org());
    writeText(json, "ip", event.ip());
    writeText(json, "network", event.network());
    Operation operation = event.operation();
    writeText(json, "operation", operation == null ? null : operation.code());
    json.writeStringField("status", event.status());
    writeNumber(json, "latencyMs", event.latencyMillis());
    GuardVerdict guard = event.guard();
    writeText(json, "guard", guard == null ? null : guard.code());
    writeInput(json, event);
    writeOutput(json, event);
    json.writeEndObject();
  }

  private static void writeInput(JsonGenerator json, InferenceEvent event) throws IOException {
    json.writeObjectFieldStart("input");
    if (event.features().size() > 0) {
      writeFeatures(json, event.features());
    }
    Embedding embedding = event.embedding();
    if (embedding.size() > 0) {
      json.writeArrayFieldStart("embedding");
      for (int i = 0; i < embedding.size(); i++) {
        json.writeNumber(embedding.value(i));
      }
      json.writeEndArray();
    }
    writeCount(json, "textLength", event.inputTextLength());
    writeMeasures(json, event.inputText());
    writeCount(json, "tokens", event.inputTokens());
    writeText(json, "fingerprint", event.fingerprint());
    json.writeEndObject();
  }

  private static void writeFeatures(JsonGenerator json, Features features) throws IOException {
    json.writeObjectFieldStart("features");
    for (int i = 0; i < features.size(); i++) {
      json.writeFieldName(features.name(i));
      String word = features.word(i);
      double number = features.number(i);
      if (word != null) {
        json.writeString(word);
      } else if (Double.isNaN(number)) {
        json.writeNull();
      } else {
        json.writeNumber(number);
      }
    }
    json.writeEndObject();
  }

  private static void writeOutput(JsonGenerator json, InferenceEvent event) throws IOException {
    json.writeObjectFieldStart("output");
    writeText(json, "label", event.label());
    writeScores(json, event.scores());
    writeNumber(json, "value", event.value());
    writeCount(json, "textLength", event.outputTextLength());
    writeMeasures(json, event.outputText());
    writeCount(json, "tokens", event.outputTokens());
    writeText(json, "finishReason", event.finishReason());
    json.writeEndObject();
  }

  private static void writeScores(JsonGenerator json, Scores scores) throws IOException {
    if (scores.size() == 0) {
      return;
    }
    boolean isLabelled = scores.isLabelled();
    json.writeFieldName("scores");
    if (isLabelled) {
      json.writeStartObject();
    } else {
      json.writeStartArray();
    }
    for (int i = 0; i < scores.size(); i++) {
      String label = scores.label(i);
      if (label != null) {
        json.writeFieldName(label);
      }
      json.writeNumber(scores.value(i));
    }
    if (isLabelled) {
      json.writeEndObject();
    } else {
      json.writeEndArray();
    }
  }

  private static void writeMeasures(JsonGenerator json, TextMeasures text) throws IOException {
    if (!text.isPresent()) {
      return;
    }
    json.writeObjectFieldStart("textMeasures");
    for (TextCount count : TextCount.inOrder()) {
      json.writeNumberField(count.code(), text.count(count));
    }
    json.writeStringField("opening", text.opening().code());
    json.writeStringField("first", text.first().code());
    json.writeStringField("ending", text.ending().code());
    json.writeStringField("fingerprint", Long.toHexString(text.fingerprint()));
    writeTactics(json, text.tactics());
    writeFingerprint(json, "head", text.headFingerprint());
    writeFingerprint(json, "tail", text.tailFingerprint());
    writeFingerprint(json, "line", text.lineFingerprint());
    json.writeArrayFieldStart("buckets");
    for (int i = 0; i < text.bucketCount(); i++) {
      json.writeNumber(text.bucket(i));
    }
    json.writeEndArray();
    writeDoorMeasures(json, text);
    json.writeEndObject();
  }

  private static void writeDoorMeasures(JsonGenerator json, TextMeasures text) throws IOException {
    writeFingerprint(json, "simHash", text.simHash());
    writeFingerprint(json, "template", text.template());
    boolean isOpen = false;
    for (CharacterClass characterClass : CharacterClass.all()) {
      isOpen =
          writeCountIn(
              json, "classes", isOpen, characterClass.code(), text.characters(characterClass));
    }
    closeIf(isOpen, json);
    isOpen = false;
    for (TextPattern pattern : TextPattern.all()) {
      isOpen = writeCountIn(json, "patterns", isOpen, pattern.code(), text.patterns(pattern));
    }
    closeIf(isOpen, json);
    if (text.canaries() > 0) {
      json.writeNumberField("canaries", text.canaries());
    }
    if (text.lexicon() != FIRST_LEXICON) {
      json.writeNumberField("lexicon", text.lexicon());
    }
  }

  /**
   * Writes a count that is not 0 into an object, which is opened before the first; whether open.
   */
  private static boolean writeCountIn(
      JsonGenerator json, String object, boolean isOpen, String name, int count)
      throws IOException {
    if (count == 0) {
      return isOpen;
    }
    if (!isOpen) {
      json.writeObjectFieldStart(object);
    }
    json.writeNumberField(name, count);
    return true;
  }

  private static void closeIf(boolean isOpen, JsonGenerator json) throws IOException {
    if (isOpen) {
      json.writeEndObject();
    }
  }

  private static void writeTactics(JsonGenerator json, int tactics) throws IOException {
    if (tactics == 0) {
      return;
    }
    json.writeArrayFieldStart("tactics");
    for (TextTactic tactic : TextTactic.inOrder()) {
      if (tactic.isIn(tactics)) {
        json.writeString(tactic.code());
      }
    }
    json.writeEndArray();
  }

  private static void writeFingerprint(JsonGenerator json, String name, long fingerprint)
      throws IOException {
    if (fingerprint != 0) {
      json.writeStringField(name, Long.toHexString(fingerprint));
    }
  }

  private static void writeText(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void writeNumber(JsonGenerator json, String name, double value)
      throws IOException {
    if (!Double.isNaN(value)) {
      json.writeNumberField(name, value);
    }
  }

  private static void writeCount(JsonGenerator json, String name, int value) throws IOException {
    if (value >= 0) {
      json.writeNumberField(name, value);
    }
  }
}
