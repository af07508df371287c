package io.inferwarden.ingest.source.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.ingest.Operation;
import io.inferwarden.ingest.source.RawEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An inference event v1 while it is put together from a foreign format. What is empty is left out;
 * what is invalid stays, for the parser behind the door to reject by name. Not thread-safe.
 */
public final class EventDraft {
  /**
   * UTF-16 units of a text that are passed on; the rest is cut off, so that a long text costs its
   * rest and not the event. The measures of a text look at far fewer.
   */
  public static final int LONGEST_TEXT = 131_072;

  private static final int LONGEST_STATUS = 64;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          // Written as tokens, which the parser calls not finite; quoted, they would be words.
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .build();

  private String id = "";
  private double timeMillis = Double.NaN;
  private String model = "";
  private String version = "";
  private String principal = "";
  private String org = "";
  private String ip = "";
  private @Nullable Operation operation;
  private String status = "";
  private String guard = "";
  private double latencyMillis = Double.NaN;
  private final Map<String, JsonNode> features = new LinkedHashMap<>();
  private final List<JsonNode> embedding = new ArrayList<>();
  private String inputText = "";
  private String fingerprint = "";
  private long inputTokens = -1;
  private String label = "";
  private final List<JsonNode> scores = new ArrayList<>();
  private final Map<String, JsonNode> namedScores = new LinkedHashMap<>();
  private @Nullable JsonNode value;
  private String outputText = "";
  private long outputTokens = -1;
  private String finishReason = "";

  public EventDraft id(String id) {
    this.id = id;
    return this;
  }

  /** Since the epoch; NaN leaves it out. */
  public EventDraft timeMillis(double timeMillis) {
    this.timeMillis = timeMillis;
    return this;
  }

  public EventDraft model(String model) {
    this.model = model;
    return this;
  }

  public EventDraft version(String version) {
    this.version = version;
    return this;
  }

  public EventDraft principal(String principal) {
    this.principal = principal;
    return this;
  }

  public EventDraft org(String org) {
    this.org = org;
    return this;
  }

  public EventDraft ip(String ip) {
    this.ip = ip;
    return this;
  }

  public EventDraft operation(@Nullable Operation operation) {
    this.operation = operation;
    return this;
  }

  /** A word that was not chosen by the sender's user; cut to the length of a word. */
  public EventDraft status(String status) {
    this.status = status.length() <= LONGEST_STATUS ? status : status.substring(0, LONGEST_STATUS);
    return this;
  }

  public EventDraft guard(String guard) {
    this.guard = guard;
    return this;
  }

  /** NaN, and what is less than 0, leaves it out. */
  public EventDraft latencyMillis(double latencyMillis) {
    this.latencyMillis = latencyMillis;
    return this;
  }

  /** A number, string, boolean or null; the first of a name counts. */
  public EventDraft feature(String name, JsonNode value) {
    features.putIfAbsent(name, value);
    return this;
  }

  /** One more coordinate of the input's embedding. */
  public EventDraft coordinate(JsonNode number) {
    embedding.add(number);
    return this;
  }

  /** Adds to the input's text, on a line of its own. */
  public EventDraft inputText(String text) {
    if (inputText.length() < LONGEST_TEXT) {
      this.inputText = inputText.isEmpty() ? text : inputText + '\n' + text;
    }
    return this;
  }

  public EventDraft fingerprint(String fingerprint) {
    this.fingerprint = fingerprint;
    return this;
  }

  /** Less than 0 leaves it out. */
  public EventDraft inputTokens(long inputTokens) {
    this.inputTokens = inputTokens;
    return this;
  }

  public EventDraft label(String label) {
    this.label = label;
    return this;
  }

  /** One more score, in the model's order of labels. */
  public EventDraft score(JsonNode number) {
    scores.add(number);
    return this;
  }

  /** The score of a label. */
  public EventDraft score(String scoredLabel, JsonNode number) {
    namedScores.putIfAbsent(scoredLabel, number);
    return this;
  }

  public EventDraft value(JsonNode number) {
    this.value = number;
    return this;
  }

  public EventDraft outputText(String text) {
    this.outputText = text;
    return this;
  }

  /** Less than 0 leaves it out. */
  public EventDraft outputTokens(long outputTokens) {
    this.outputTokens = outputTokens;
    return this;
  }

  public EventDraft finishReason(String finishReason) {
    this.finishReason = finishReason;
    return this;
  }

  /** The time, or NaN. */
  public double timeMillis() {
    return timeMillis;
  }

  /** The label, or an empty string. */
  public String label() {
    return label;
  }

  /** The input's text, or an empty string. */
  public String inputText() {
    return inputText;
  }

  /** Whether the output has a label, a value or scores. */
  public boolean isJudged() {
    return !label.isEmpty() || value != null || !scores.isEmpty() || !namedScores.isEmpty();
  }

  /** Whether there are no features yet. */
  public boolean hasNoFeatures() {
    return features.isEmpty();
  }

  /** The event as JSON. */
  public byte[] toJson() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      write(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  /** Hands the event on. */
  public void giveTo(String place, RawEvents found) {
    byte[] json = toJson();
    found.event(place, json, 0, json.length);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    text(json, "id", id);
    if (!Double.isNaN(timeMillis)) {
      json.writeNumberField("time", Math.round(timeMillis));
    }
    text(json, "model", model);
    text(json, "version", version);
    text(json, "principal", principal);
    text(json, "org", org);
    text(json, "ip", ip);
    if (operation != null) {
      json.writeStringField("operation", operation.code());
    }
    text(json, "status", status);
    if (latencyMillis >= 0) {
      json.writeNumberField("latencyMs", latencyMillis);
    }
    text(json, "guard", guard);
    if (hasInput()) {
      writeInput(json);
    }
    if (hasOutput()) {
      writeOutput(json);
    }
    json.writeEndObject();
  }

  private boolean hasInput() {
    return !features.isEmpty()
        || !embedding.isEmpty()
        || !inputText.isEmpty()
        || !fingerprint.isEmpty()
        || inputTokens >= 0;
  }

  private boolean hasOutput() {
    return isJudged() || !outputText.isEmpty() || !finishReason.isEmpty() || outputTokens >= 0;
  }

  private void writeInput(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("input");
    if (!features.isEmpty()) {
      json.writeObjectFieldStart("features");
      for (Map.Entry<String, JsonNode> feature : features.entrySet()) {
        json.writeFieldName(wellFormed(feature.getKey()));
        scalar(json, feature.getValue());
      }
      json.writeEndObject();
    }
    numbers(json, "embedding", embedding);
    text(json, "text", inputText);
    count(json, "tokens", inputTokens);
    text(json, "fingerprint", fingerprint);
    json.writeEndObject();
  }

  private void writeOutput(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("output");
    text(json, "label", label);
    if (namedScores.isEmpty()) {
      numbers(json, "scores", scores);
    } else {
      json.writeObjectFieldStart("scores");
      for (Map.Entry<String, JsonNode> score : namedScores.entrySet()) {
        json.writeFieldName(wellFormed(score.getKey()));
        scalar(json, score.getValue());
      }
      json.writeEndObject();
    }
    if (value != null) {
      json.writeFieldName("value");
      scalar(json, value);
    }
    text(json, "text", outputText);
    count(json, "tokens", outputTokens);
    text(json, "finishReason", finishReason);
    json.writeEndObject();
  }

  private static void numbers(JsonGenerator json, String name, List<JsonNode> numbers)
      throws IOException {
    if (!numbers.isEmpty()) {
      json.writeArrayFieldStart(name);
      for (JsonNode number : numbers) {
        scalar(json, number);
      }
      json.writeEndArray();
    }
  }

  private static void scalar(JsonGenerator json, JsonNode value) throws IOException {
    if (value.isTextual()) {
      json.writeString(wellFormed(value.textValue()));
    } else if (value.isBigInteger()) {
      json.writeNumber(value.bigIntegerValue());
    } else if (value.isIntegralNumber()) {
      json.writeNumber(value.longValue());
    } else if (value.isNumber()) {
      json.writeNumber(value.doubleValue());
    } else if (value.isBoolean()) {
      json.writeBoolean(value.booleanValue());
    } else {
      json.writeNull();
    }
  }

  private static void count(JsonGenerator json, String name, long count) throws IOException {
    if (count >= 0) {
      json.writeNumberField(name, count);
    }
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      String part = value.length() <= LONGEST_TEXT ? value : value.substring(0, LONGEST_TEXT);
      json.writeStringField(name, wellFormed(part));
    }
  }

  /** The text with each half of a surrogate pair that stands alone replaced: UTF-8 has none. */
  private static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int codePoint = text.codePointAt(i);
        if (Character.isSupplementaryCodePoint(codePoint)) {
          i++;
        } else {
          return replaced(text);
        }
      }
    }
    return text;
  }

  private static String replaced(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int codePoint = text.codePointAt(i);
      if (Character.isSupplementaryCodePoint(codePoint)) {
        whole.appendCodePoint(codePoint);
        i++;
      } else {
        whole.append(Character.isSurrogate((char) codePoint) ? '\ufffd' : (char) codePoint);
      }
    }
    return whole.toString();
  }
}
