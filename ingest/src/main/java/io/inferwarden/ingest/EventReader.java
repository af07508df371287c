package io.inferwarden.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.inferwarden.ingest.RejectedEvent.Reason;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Walks the fields of one event, in whatever order they come, into an {@link InferenceEvent}. */
final class EventReader {
  private static final int TIME = 1;
  private static final int MODEL = 1 << 1;
  private static final int PRINCIPAL = 1 << 2;
  private static final int ID = 1 << 3;
  private static final int VERSION = 1 << 4;
  private static final int DIGEST = 1 << 5;
  private static final int ORG = 1 << 6;
  private static final int IP = 1 << 7;
  private static final int OPERATION = 1 << 8;
  private static final int STATUS = 1 << 9;
  private static final int LATENCY = 1 << 10;
  private static final int INPUT = 1 << 11;
  private static final int OUTPUT = 1 << 12;
  private static final int INPUT_FEATURES = 1 << 13;
  private static final int INPUT_EMBEDDING = 1 << 14;
  private static final int INPUT_TEXT = 1 << 15;
  private static final int INPUT_TEXT_LENGTH = 1 << 16;
  private static final int INPUT_TOKENS = 1 << 17;
  private static final int INPUT_FINGERPRINT = 1 << 18;
  private static final int OUTPUT_LABEL = 1 << 19;
  private static final int OUTPUT_SCORES = 1 << 20;
  private static final int OUTPUT_VALUE = 1 << 21;
  private static final int OUTPUT_TEXT = 1 << 22;
  private static final int OUTPUT_TEXT_LENGTH = 1 << 23;
  private static final int OUTPUT_TOKENS = 1 << 24;
  private static final int OUTPUT_FINISH_REASON = 1 << 25;
  private static final int INPUT_MEASURES = 1 << 26;
  private static final int OUTPUT_MEASURES = 1 << 27;
  private static final int INPUT_SCANNED = 1 << 28;
  private static final int OUTPUT_SCANNED = 1 << 29;
  private static final int NETWORK = 1 << 30;
  private static final int GUARD = 1 << 31;

  private final JsonParser json;
  private final FieldReader fields;
  private final InferenceEvent event;
  private final VocabularyCache words;
  private final VocabularyCache subjects;
  private final TextDoor texts;
  private final long nowMillis;
  private int seen;

  EventReader(
      JsonParser json,
      InferenceEvent event,
      VocabularyCache words,
      VocabularyCache subjects,
      TextDoor texts,
      long nowMillis) {
    this.json = json;
    this.fields = new FieldReader(json);
    this.event = event;
    this.words = words;
    this.subjects = subjects;
    this.texts = texts;
    this.nowMillis = nowMillis;
  }

  /** Reads the fields of the object that the parser has just opened. */
  void read() throws IOException, Rejection {
    for (String name = nextName(); name != null; name = nextName()) {
      switch (name) {
        case "input" -> readInput();
        case "output" -> readOutput();
        default -> readTopLevel(name);
      }
    }
    require(TIME, "time");
    require(MODEL, "model");
    require(PRINCIPAL, "principal");
    if ((seen & INPUT_SCANNED) != 0 && (seen & OUTPUT_SCANNED) != 0) {
      texts.compare(event.outputText());
    }
  }

  private void readTopLevel(String name) throws IOException, Rejection {
    switch (name) {
      case "id" -> event.id(once(ID, name).optional(name, Limits.IDENTIFIER, null));
      case "time" -> event.timeMillis(once(TIME, name).time(nowMillis));
      case "model" -> event.model(once(MODEL, name).required(name, words));
      case "version" -> {
        String version = once(VERSION, name).optional(name, Limits.IDENTIFIER, words);
        event.version(version == null ? "" : version);
      }
      case "digest" -> event.digest(once(DIGEST, name).optional(name, Limits.IDENTIFIER, words));
      case "principal" -> event.principal(once(PRINCIPAL, name).required(name, subjects));
      case "org" -> event.org(once(ORG, name).optional(name, Limits.IDENTIFIER, subjects));
      case "ip" -> event.ip(once(IP, name).optional(name, Limits.IDENTIFIER, subjects));
      case "network" ->
          event.network(once(NETWORK, name).optional(name, Limits.IDENTIFIER, subjects));
      case "operation" -> readOperation(name);
      case "status" -> {
        String status = once(STATUS, name).optional(name, Limits.WORD, words);
        event.status(status == null ? InferenceEvent.DEFAULT_STATUS : status);
      }
      case "latencyMs" -> {
        double latencyMillis = once(LATENCY, name).number(name);
        if (latencyMillis < 0) {
          throw fields.invalid(name, "milliseconds of 0 or more");
        }
        event.latencyMillis(latencyMillis);
      }
      case "guard" -> readGuard(name);
      default -> fields.skip(name);
    }
  }

  private void readOperation(String name) throws IOException, Rejection {
    once(OPERATION, name);
    String expected = "classify, regress, generate or embed";
    String code = codeOf(name, expected);
    if (code == null) {
      return;
    }
    Operation operation = Operation.ofCode(code);
    if (operation == null) {
      throw fields.invalid(name, expected);
    }
    event.operation(operation);
  }

  private void readGuard(String name) throws IOException, Rejection {
    once(GUARD, name);
    String expected = "allow, deny, modify, warn or escalate";
    String code = codeOf(name, expected);
    if (code == null) {
      return;
    }
    GuardVerdict guard = GuardVerdict.ofCode(code);
    if (guard == null) {
      throw fields.invalid(name, expected);
    }
    event.guard(guard);
  }

  /** The word of a closed vocabulary that comes next; null when null. */
  private @Nullable String codeOf(String name, String expected) throws IOException, Rejection {
    JsonToken token = fields.advance();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.VALUE_STRING) {
      throw fields.wrongType(name, expected);
    }
    if (json.getTextLength() > Limits.WORD) {
      throw fields.invalid(name, expected);
    }
    return fields.string(name, Limits.WORD, words);
  }

  private void readInput() throws IOException, Rejection {
    if (!once(INPUT, "input").opens(JsonToken.START_OBJECT, "input", "an object")) {
      return;
    }
    for (String name = nextName(); name != null; name = nextName()) {
      switch (name) {
        case "features" -> readFeatures();
        case "embedding" -> readEmbedding();
        case "text" -> readInputText();
        case "textMeasures" -> {
          once(INPUT_MEASURES, "input.textMeasures");
          readMeasures("input.textMeasures", INPUT_SCANNED, event.inputText());
        }
        case "textLength" -> {
          int length = once(INPUT_TEXT_LENGTH, "input.textLength").count("input.textLength");
          if ((seen & INPUT_TEXT) == 0) {
            event.inputTextLength(length);
          }
        }
        case "tokens" ->
            event.inputTokens(once(INPUT_TOKENS, "input.tokens").count("input.tokens"));
        case "fingerprint" ->
            event.fingerprint(
                once(INPUT_FINGERPRINT, "input.fingerprint")
                    .optional("input.fingerprint", Limits.IDENTIFIER, null));
        default -> fields.skip(name);
      }
    }
  }

  private void readInputText() throws IOException, Rejection {
    int length = once(INPUT_TEXT, "input.text").textLength("input.text");
    event.inputTextLength(length);
    if (length >= 0) {
      seen |= INPUT_SCANNED;
      texts.input(json.getTextCharacters(), json.getTextOffset(), length, event.inputText());
    }
  }

  private void readOutputText() throws IOException, Rejection {
    int length = once(OUTPUT_TEXT, "output.text").textLength("output.text");
    event.outputTextLength(length);
    if (length >= 0) {
      seen |= OUTPUT_SCANNED;
      texts.output(json.getTextCharacters(), json.getTextOffset(), length, event.outputText());
    }
  }

  /** What an earlier reader measured; a text beside it is believed rather. */
  private void readMeasures(String field, int scanned, TextMeasures into)
      throws IOException, Rejection {
    if ((seen & scanned) != 0) {
      fields.skip(field);
    } else {
      new TextMeasuresReader(json, fields, words, field).read(into);
      texts.rekey(into);
    }
  }

  private void readFeatures() throws IOException, Rejection {
    once(INPUT_FEATURES, "input.features");
    if (!fields.opens(JsonToken.START_OBJECT, "input.features", "an object")) {
      return;
    }
    Features features = event.features();
    for (String name = nextName(); name != null; name = nextName()) {
      if (features.size() == Limits.FEATURES) {
        throw new Rejection(
            Reason.TOO_MANY_FEATURES,
            "input.features",
            "expected at most " + Limits.FEATURES + " features, found more");
      }
      rejectLongName("input.features", name);
      readFeature(features, name, fields.advance());
    }
  }

  private void readFeature(Features features, String name, JsonToken token)
      throws IOException, Rejection {
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        double number = json.getDoubleValue();
        if (!Double.isFinite(number)) {
          throw fields.notFinite(path("input.features", name));
        }
        features.addNumber(name, number);
      }
      case VALUE_STRING ->
          features.addWord(
              name,
              json.getTextLength() > Limits.FEATURE_WORD
                  ? fields.string(path("input.features", name), Limits.FEATURE_WORD, words)
                  : fields.string("input.features", Limits.FEATURE_WORD, words));
      case VALUE_TRUE -> features.addWord(name, "true");
      case VALUE_FALSE -> features.addWord(name, "false");
      case VALUE_NULL -> features.addNull(name);
      default ->
          throw fields.wrongType(
              path("input.features", name), "a number, a string, a boolean or null");
    }
  }

  private void readEmbedding() throws IOException, Rejection {
    String field = "input.embedding";
    once(INPUT_EMBEDDING, field);
    if (!fields.opens(JsonToken.START_ARRAY, field, "an array of numbers")) {
      return;
    }
    Embedding embedding = event.embedding();
    for (JsonToken token = fields.advance();
        token != JsonToken.END_ARRAY;
        token = fields.advance()) {
      rejectFull(field, embedding.size(), Limits.EMBEDDING);
      float coordinate = (float) fields.currentNumber(token, field);
      if (!Float.isFinite(coordinate)) {
        throw fields.notFinite(field);
      }
      embedding.add(coordinate);
    }
  }

  private void readOutput() throws IOException, Rejection {
    if (!once(OUTPUT, "output").opens(JsonToken.START_OBJECT, "output", "an object")) {
      return;
    }
    for (String name = nextName(); name != null; name = nextName()) {
      switch (name) {
        case "label" ->
            event.label(
                once(OUTPUT_LABEL, "output.label")
                    .optional("output.label", Limits.IDENTIFIER, words));
        case "scores" -> readScores();
        case "value" -> event.value(once(OUTPUT_VALUE, "output.value").number("output.value"));
        case "text" -> readOutputText();
        case "textMeasures" -> {
          once(OUTPUT_MEASURES, "output.textMeasures");
          readMeasures("output.textMeasures", OUTPUT_SCANNED, event.outputText());
        }
        case "textLength" -> {
          int length = once(OUTPUT_TEXT_LENGTH, "output.textLength").count("output.textLength");
          if ((seen & OUTPUT_TEXT) == 0) {
            event.outputTextLength(length);
          }
        }
        case "tokens" ->
            event.outputTokens(once(OUTPUT_TOKENS, "output.tokens").count("output.tokens"));
        case "finishReason" ->
            event.finishReason(
                once(OUTPUT_FINISH_REASON, "output.finishReason")
                    .optional("output.finishReason", Limits.WORD, words));
        default -> fields.skip(name);
      }
    }
  }

  private void readScores() throws IOException, Rejection {
    String field = "output.scores";
    once(OUTPUT_SCORES, field);
    Scores scores = event.scores();
    switch (fields.advance()) {
      case VALUE_NULL -> {}
      case START_ARRAY -> {
        for (JsonToken token = fields.advance();
            token != JsonToken.END_ARRAY;
            token = fields.advance()) {
          rejectFull(field, scores.size(), Limits.SCORES);
          scores.add(fields.currentNumber(token, field));
        }
      }
      case START_OBJECT -> {
        for (String label = nextName(); label != null; label = nextName()) {
          rejectFull(field, scores.size(), Limits.SCORES);
          rejectLongName(field, label);
          scores.add(label, fields.currentNumber(fields.advance(), field));
        }
      }
      default -> throw fields.wrongType(field, "an array of numbers or an object by label");
    }
  }

  /** The next field's name, or null at the end of the object. */
  private @Nullable String nextName() throws IOException {
    return json.nextFieldName();
  }

  private FieldReader once(int bit, String field) throws Rejection {
    if ((seen & bit) != 0) {
      throw new Rejection(Reason.DUPLICATE_FIELD, field, "expected once, found twice");
    }
    seen |= bit;
    return fields;
  }

  private void require(int bit, String field) throws Rejection {
    if ((seen & bit) == 0) {
      throw new Rejection(Reason.MISSING_FIELD, field, "expected this required field, found none");
    }
  }

  private static void rejectFull(String field, int size, int maximum) throws Rejection {
    if (size == maximum) {
      throw new Rejection(
          Reason.INVALID_VALUE, field, "expected at most " + maximum + " numbers, found more");
    }
  }

  private static void rejectLongName(String field, String name) throws Rejection {
    if (name.length() > Limits.IDENTIFIER
        && name.codePointCount(0, name.length()) > Limits.IDENTIFIER) {
      throw new Rejection(
          Reason.INVALID_VALUE,
          field,
          "expected names of at most "
              + Limits.IDENTIFIER
              + " characters, found "
              + Excerpt.quoted(name));
    }
  }

  private static String path(String parent, String name) {
    return parent + "." + Excerpt.of(name, Limits.WORD);
  }
}
