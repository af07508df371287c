package io.inferwarden.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.inferwarden.ingest.RejectedEvent.Reason;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads inference events v1 from JSON. Unknown fields are ignored, fields come in any order, types
 * are exact; null, and an empty optional string, stand for an absent value. No input makes it
 * throw: what is not an event comes back as a {@link RejectedEvent}. One parser serves one thread.
 */
public final class EventParser {
  /** The longest event taken, in bytes. */
  public static final int MAXIMUM_BYTES = 1_048_576;

  /** Start of the message of a rejection that only a defect of the parser can cause. */
  static final String PARSER_FAILURE = "the parser failed: ";

  private static final int LONGEST_NAME_BYTES = 4096;
  private static final int DEEPEST_NESTING = 200;
  private static final int MESSAGE_CHARACTERS = 160;

  private final VocabularyCache words = new VocabularyCache(4096);
  private final VocabularyCache subjects = new VocabularyCache(16_384);
  private final TextDoor texts;
  private final @Nullable EventScanner scanner;
  private JsonFactory factory = newFactory();

  /** Measures of texts what detectors read, with hashes that everybody can compute. */
  public EventParser() {
    this(new TextDoor(), true);
  }

  /** As with canaries, of which there are none. */
  public EventParser(TextKey key, boolean keepsTexts) {
    this(key, keepsTexts, Canaries.none());
  }

  /**
   * For the door: measures everything of texts.
   *
   * @param key that hashes and exact fingerprints are made under; without one there are no exact
   *     fingerprints
   * @param keepsTexts whether the raw texts of an event can be asked for until the next one
   * @param canaries to look for
   */
  public EventParser(TextKey key, boolean keepsTexts, Canaries canaries) {
    this(new TextDoor(key, canaries, keepsTexts), true);
  }

  private EventParser(TextDoor texts, boolean scans) {
    this.texts = texts;
    this.scanner = scans ? new EventScanner(words, subjects) : null;
  }

  /** Reads ordinary events the way of all others, too, and to the same results. */
  static EventParser withoutScanner(TextDoor texts) {
    return new EventParser(texts, false);
  }

  /**
   * Reads one event.
   *
   * @param json holds the event
   * @param offset of its first byte
   * @param length in bytes
   * @param nowMillis the present, in milliseconds since the epoch, to tell future-dated events
   * @param into cleared and filled; its content is undefined after a rejection
   * @return null when {@code into} holds the event
   */
  public @Nullable RejectedEvent parse(
      byte[] json, int offset, int length, long nowMillis, InferenceEvent into) {
    Objects.checkFromIndexSize(offset, length, json.length);
    into.clear();
    texts.clear();
    RejectedEvent rejected =
        isOrdinary(json, offset, length, nowMillis, into)
            ? null
            : parseJson(json, offset, length, nowMillis, into);
    if (rejected == null) {
      texts.complete(into);
    } else {
      texts.clear();
    }
    return rejected;
  }

  /** The input text of the last event; null when it had none, was rejected, or none is kept. */
  public @Nullable String inputText() {
    return texts.inputText();
  }

  /** The output text of the last event; null when it had none, was rejected, or none is kept. */
  public @Nullable String outputText() {
    return texts.outputText();
  }

  /**
   * The exact fingerprint of the input of the last event: of its text, else of its features and its
   * embedding. Null without a key, when it had no input, or was rejected.
   */
  public @Nullable String inputFingerprint() {
    return texts.inputFingerprint();
  }

  /**
   * The exact fingerprint of the output of the last event: of its text, else of its label, scores
   * and value. Null without a key, when it had no output, or was rejected.
   */
  public @Nullable String outputFingerprint() {
    return texts.outputFingerprint();
  }

  /** Whether the scanner has read the event; otherwise it is as empty as before. */
  private boolean isOrdinary(
      byte[] json, int offset, int length, long nowMillis, InferenceEvent into) {
    if (scanner == null || length > MAXIMUM_BYTES) {
      return false;
    }
    if (scanner.scan(json, offset, length, nowMillis, into)) {
      return true;
    }
    into.clear();
    return false;
  }

  private @Nullable RejectedEvent parseJson(
      byte[] json, int offset, int length, long nowMillis, InferenceEvent into) {
    if (length > MAXIMUM_BYTES) {
      return RejectedEvent.tooLarge();
    }
    if (isBlank(json, offset, length)) {
      return empty();
    }
    try (JsonParser parser = factory.createParser(json, offset, length)) {
      return read(parser, nowMillis, into);
    } catch (Rejection rejection) {
      return rejection.event();
    } catch (StreamConstraintsException tooExtreme) {
      // Names that collide on purpose stay in the factory's table of names: begin another one.
      factory = newFactory();
      return RejectedEvent.at(
          Reason.INVALID_VALUE,
          "",
          Excerpt.of(tooExtreme.getOriginalMessage(), MESSAGE_CHARACTERS));
    } catch (JsonProcessingException malformed) {
      return notJson(malformed);
    } catch (IOException malformed) {
      return RejectedEvent.at(
          Reason.NOT_JSON, "", "not JSON: " + Excerpt.of(malformed.toString(), MESSAGE_CHARACTERS));
    } catch (RuntimeException failure) {
      // A defect in here or in the JSON library must cost one event, never the stream.
      factory = newFactory();
      return RejectedEvent.at(
          Reason.NOT_JSON, "", PARSER_FAILURE + Excerpt.of(failure.toString(), MESSAGE_CHARACTERS));
    }
  }

  private @Nullable RejectedEvent read(JsonParser parser, long nowMillis, InferenceEvent into)
      throws IOException, Rejection {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return empty();
    }
    if (first != JsonToken.START_OBJECT) {
      return RejectedEvent.at(Reason.NOT_AN_OBJECT, "", "expected a JSON object, found " + first);
    }
    new EventReader(parser, into, words, subjects, texts, nowMillis).read();
    return hasTrailingData(parser)
        ? RejectedEvent.at(
            Reason.TRAILING_DATA, "", "expected one JSON object, found more after its end")
        : null;
  }

  private static boolean hasTrailingData(JsonParser parser) throws IOException {
    try {
      return parser.nextToken() != null;
    } catch (JsonProcessingException malformed) {
      return true;
    }
  }

  private static RejectedEvent notJson(JsonProcessingException malformed) {
    long byteOffset =
        malformed.getLocation() == null ? -1 : malformed.getLocation().getByteOffset();
    String place = byteOffset < 0 ? "" : " at byte " + byteOffset;
    return RejectedEvent.at(
        Reason.NOT_JSON,
        "",
        "not JSON" + place + ": " + Excerpt.of(malformed.getOriginalMessage(), MESSAGE_CHARACTERS));
  }

  private static RejectedEvent empty() {
    return RejectedEvent.at(Reason.EMPTY, "", "expected a JSON object, found nothing");
  }

  private static boolean isBlank(byte[] json, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      byte b = json[i];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private static JsonFactory newFactory() {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxStringLength(MAXIMUM_BYTES)
            .maxNameLength(LONGEST_NAME_BYTES)
            .maxNestingDepth(DEEPEST_NESTING)
            .build();
    return JsonFactory.builder()
        .streamReadConstraints(constraints)
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        // Accepted by the tokeniser so that it can be called NOT_FINITE instead of NOT_JSON.
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .build();
  }
}
