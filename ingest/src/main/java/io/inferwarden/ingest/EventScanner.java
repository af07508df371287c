package io.inferwarden.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Reads ordinary events straight from their bytes: the fields of the contract in any order, strings
 * of printable ASCII without escapes, numbers of ordinary length, unknown fields with one value. It
 * knows no rejections: at the first thing that is not ordinary, be it right or wrong, it gives up,
 * and the event is for {@link EventReader} to read. Where it does not give up, the event is what
 * that reader would have made of it. One serves one thread.
 */
final class EventScanner {
  private static final int TIME = 0;
  private static final int MODEL = 1;
  private static final int PRINCIPAL = 2;
  private static final int ID = 3;
  private static final int VERSION = 4;
  private static final int DIGEST = 5;
  private static final int ORG = 6;
  private static final int IP = 7;
  private static final int NETWORK = 8;
  private static final int OPERATION = 9;
  private static final int STATUS = 10;
  private static final int LATENCY = 11;
  private static final int GUARD = 12;
  private static final int INPUT = 13;
  private static final int OUTPUT = 14;
  private static final int FEATURES = 15;
  private static final int EMBEDDING = 16;
  private static final int INPUT_TEXT_LENGTH = 17;
  private static final int INPUT_TOKENS = 18;
  private static final int FINGERPRINT = 19;
  private static final int INPUT_TEXT = 20;
  private static final int INPUT_MEASURES = 21;
  private static final int LABEL = 22;
  private static final int SCORES = 23;
  private static final int VALUE = 24;
  private static final int OUTPUT_TEXT_LENGTH = 25;
  private static final int OUTPUT_TOKENS = 26;
  private static final int FINISH_REASON = 27;
  private static final int OUTPUT_TEXT = 28;
  private static final int OUTPUT_MEASURES = 29;

  private static final int REQUIRED = 1 << TIME | 1 << MODEL | 1 << PRINCIPAL;
  private static final int TEXTS =
      1 << INPUT_TEXT | 1 << INPUT_MEASURES | 1 << OUTPUT_TEXT | 1 << OUTPUT_MEASURES;
  private static final int CODES = 1 << OPERATION | 1 << GUARD;
  private static final int WORDS = CODES | 1 << STATUS | 1 << FINISH_REASON;

  private static final byte[] NULL = "null".getBytes(US_ASCII);
  private static final byte[] TRUE = "true".getBytes(US_ASCII);
  private static final byte[] FALSE = "false".getBytes(US_ASCII);

  private final FieldNames eventFields =
      new FieldNames(
          TIME,
          "time",
          "model",
          "principal",
          "id",
          "version",
          "digest",
          "org",
          "ip",
          "network",
          "operation",
          "status",
          "latencyMs",
          "guard",
          "input",
          "output");
  private final FieldNames inputFields =
      new FieldNames(
          FEATURES,
          "features",
          "embedding",
          "textLength",
          "tokens",
          "fingerprint",
          "text",
          "textMeasures");
  private final FieldNames outputFields =
      new FieldNames(
          LABEL,
          "label",
          "scores",
          "value",
          "textLength",
          "tokens",
          "finishReason",
          "text",
          "textMeasures");
  private final LearnedNames features = new LearnedNames();
  private final LearnedNames labels = new LearnedNames();
  private final VocabularyCache words;
  private final VocabularyCache subjects;
  private final JsonBytes bytes = new JsonBytes();
  private final PlainNumber number = new PlainNumber();
  private final char[] time = new char[Limits.WORD];
  private int seen;

  EventScanner(VocabularyCache words, VocabularyCache subjects) {
    this.words = words;
    this.subjects = subjects;
  }

  /**
   * Reads one event.
   *
   * @param into without content; its content is undefined when the scanner gives up
   * @return whether it is an ordinary event
   */
  boolean scan(byte[] json, int offset, int length, long nowMillis, InferenceEvent into) {
    bytes.open(json, offset, length);
    seen = 0;
    boolean isOrdinary =
        readObject(eventFields, nowMillis, into)
            && bytes.isAtEnd()
            && (seen & REQUIRED) == REQUIRED;
    bytes.close();
    return isOrdinary;
  }

  private boolean readObject(FieldNames fields, long nowMillis, InferenceEvent into) {
    if (!bytes.take('{')) {
      return false;
    }
    if (bytes.take('}')) {
      return true;
    }
    int previous = FieldNames.UNKNOWN;
    do {
      int field = fields.read(bytes, previous);
      if (field < 0) {
        if (field == FieldNames.NOT_PLAIN || !passValue()) {
          return false;
        }
        continue;
      }
      if ((seen & 1 << field) != 0 || !readField(field, nowMillis, into)) {
        return false;
      }
      seen |= 1 << field;
      previous = field;
    } while (bytes.take(','));
    return bytes.take('}');
  }

  private boolean readField(int field, long nowMillis, InferenceEvent into) {
    int first = bytes.next();
    if (first == 'n') {
      // Null stands for an absent value, and an event begins with all values absent.
      return (1 << field & (REQUIRED | TEXTS)) == 0 && bytes.take(NULL);
    }
    return switch (field) {
      case INPUT -> readObject(inputFields, nowMillis, into);
      case OUTPUT -> readObject(outputFields, nowMillis, into);
      case FEATURES -> readFeatures(into.features());
      case EMBEDDING -> readEmbedding(into.embedding());
      case SCORES -> first == '{' ? readLabelledScores(into.scores()) : readScores(into.scores());
      case TIME -> readTime(first, nowMillis, into);
      case LATENCY, VALUE -> readNumber(field, into);
      case INPUT_TEXT_LENGTH, INPUT_TOKENS, OUTPUT_TEXT_LENGTH, OUTPUT_TOKENS ->
          readCount(field, into);
      case INPUT_TEXT, INPUT_MEASURES, OUTPUT_TEXT, OUTPUT_MEASURES -> false;
      default -> readString(field, into);
    };
  }

  private boolean readString(int field, InferenceEvent into) {
    int length = bytes.string();
    int longest = (1 << field & WORDS) == 0 ? Limits.IDENTIFIER : Limits.WORD;
    if (length < 0 || length > longest) {
      return false;
    }
    if (length == 0) {
      // As if absent, where it is optional.
      return (1 << field & (REQUIRED | CODES)) == 0;
    }
    switch (field) {
      case MODEL -> into.model(bytes.text(words));
      case PRINCIPAL -> into.principal(bytes.text(subjects));
      case ID -> into.id(bytes.text());
      case VERSION -> into.version(bytes.text(words));
      case DIGEST -> into.digest(bytes.text(words));
      case ORG -> into.org(bytes.text(subjects));
      case IP -> into.ip(bytes.text(subjects));
      case NETWORK -> into.network(bytes.text(subjects));
      case OPERATION -> into.operation(Operation.ofCode(bytes.text(words)));
      case STATUS -> into.status(bytes.text(words));
      case GUARD -> into.guard(GuardVerdict.ofCode(bytes.text(words)));
      case FINGERPRINT -> into.fingerprint(bytes.text());
      case LABEL -> into.label(bytes.text(words));
      default -> into.finishReason(bytes.text(words));
    }
    return switch (field) {
      case MODEL, PRINCIPAL -> !bytes.isBlank();
      case OPERATION -> into.operation() != null;
      case GUARD -> into.guard() != null;
      default -> true;
    };
  }

  private boolean readTime(int first, long nowMillis, InferenceEvent into) {
    long millis;
    if (first == '"') {
      int length = bytes.string();
      if (length < 0 || length > time.length) {
        return false;
      }
      bytes.copyTo(time);
      millis = Rfc3339.epochMillis(time, 0, length);
    } else if (number.read(bytes) && number.isInteger()) {
      millis = number.integer();
    } else {
      return false;
    }
    into.timeMillis(millis);
    return !Limits.isTooOld(millis) && !Limits.isTooFarAhead(millis, nowMillis);
  }

  private boolean readNumber(int field, InferenceEvent into) {
    if (!number.read(bytes)) {
      return false;
    }
    if (field == VALUE) {
      into.value(number.number());
      return true;
    }
    into.latencyMillis(number.number());
    return number.number() >= 0;
  }

  private boolean readCount(int field, InferenceEvent into) {
    if (!number.read(bytes)
        || !number.isInteger()
        || number.integer() < 0
        || number.integer() > Integer.MAX_VALUE) {
      return false;
    }
    int count = (int) number.integer();
    switch (field) {
      case INPUT_TEXT_LENGTH -> into.inputTextLength(count);
      case INPUT_TOKENS -> into.inputTokens(count);
      case OUTPUT_TEXT_LENGTH -> into.outputTextLength(count);
      default -> into.outputTokens(count);
    }
    return true;
  }

  private boolean readFeatures(Features into) {
    if (!bytes.take('{')) {
      return false;
    }
    if (bytes.take('}')) {
      return true;
    }
    features.begin();
    do {
      String name = features.read(bytes, Limits.IDENTIFIER);
      if (name == null || into.size() == Limits.FEATURES || !readFeature(name, into)) {
        return false;
      }
    } while (bytes.take(','));
    return bytes.take('}');
  }

  private boolean readFeature(String name, Features into) {
    switch (bytes.next()) {
      case '"' -> {
        int length = bytes.string();
        if (length < 0 || length > Limits.FEATURE_WORD) {
          return false;
        }
        into.addWord(name, bytes.text(words));
      }
      case 't' -> {
        into.addWord(name, "true");
        return bytes.take(TRUE);
      }
      case 'f' -> {
        into.addWord(name, "false");
        return bytes.take(FALSE);
      }
      case 'n' -> {
        into.addNull(name);
        return bytes.take(NULL);
      }
      default -> {
        if (!number.read(bytes)) {
          return false;
        }
        into.addNumber(name, number.number());
      }
    }
    return true;
  }

  private boolean readEmbedding(Embedding into) {
    if (!bytes.take('[')) {
      return false;
    }
    if (bytes.take(']')) {
      return true;
    }
    do {
      if (into.size() == Limits.EMBEDDING || !number.read(bytes)) {
        return false;
      }
      float coordinate = (float) number.number();
      if (!Float.isFinite(coordinate)) {
        return false;
      }
      into.add(coordinate);
    } while (bytes.take(','));
    return bytes.take(']');
  }

  private boolean readScores(Scores into) {
    if (!bytes.take('[')) {
      return false;
    }
    if (bytes.take(']')) {
      return true;
    }
    do {
      if (into.size() == Limits.SCORES || !number.read(bytes)) {
        return false;
      }
      into.add(number.number());
    } while (bytes.take(','));
    return bytes.take(']');
  }

  private boolean readLabelledScores(Scores into) {
    if (bytes.take('{') && bytes.take('}')) {
      return true;
    }
    labels.begin();
    do {
      String label = labels.read(bytes, Limits.IDENTIFIER);
      if (label == null || into.size() == Limits.SCORES || !number.read(bytes)) {
        return false;
      }
      into.add(label, number.number());
    } while (bytes.take(','));
    return bytes.take('}');
  }

  /** Passes the value of an unknown field, unless it is an object or an array. */
  private boolean passValue() {
    return switch (bytes.next()) {
      case '"' -> bytes.string() >= 0;
      case 't' -> bytes.take(TRUE);
      case 'f' -> bytes.take(FALSE);
      case 'n' -> bytes.take(NULL);
      default -> number.read(bytes);
    };
  }
}
