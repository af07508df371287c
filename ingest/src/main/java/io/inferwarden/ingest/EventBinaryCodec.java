package io.inferwarden.ingest;

import org.jspecify.annotations.Nullable;

/**
 * A compact binary form of {@link InferenceEvent}: a format version, a set of flags that says which
 * optional values follow, then the values. It decodes several times faster than JSON, to exactly
 * the same event. One codec serves one thread.
 */
public final class EventBinaryCodec {
  static final byte FORMAT_VERSION = 3;

  /** The format before: the same without the flags that came since. */
  private static final byte FORMAT_VERSION_BEFORE = 2;

  private static final int ID = 1;
  private static final int VERSION = 1 << 1;
  private static final int DIGEST = 1 << 2;
  private static final int ORG = 1 << 3;
  private static final int IP = 1 << 4;
  private static final int OPERATION = 1 << 5;
  private static final int STATUS = 1 << 6;
  private static final int LATENCY = 1 << 7;
  private static final int INPUT_TEXT = 1 << 8;
  private static final int INPUT_TOKENS = 1 << 9;
  private static final int FINGERPRINT = 1 << 10;
  private static final int LABEL = 1 << 11;
  private static final int VALUE = 1 << 12;
  private static final int OUTPUT_TEXT = 1 << 13;
  private static final int OUTPUT_TOKENS = 1 << 14;
  private static final int FINISH_REASON = 1 << 15;
  private static final int LABELLED_SCORES = 1 << 16;
  private static final int INPUT_MEASURES = 1 << 17;
  private static final int OUTPUT_MEASURES = 1 << 18;
  private static final int KNOWN_FLAGS_BEFORE = (1 << 19) - 1;
  private static final int NETWORK = 1 << 19;
  private static final int GUARD = 1 << 20;
  private static final int KNOWN_FLAGS = (1 << 21) - 1;

  private static final int KIND_NULL = 0;
  private static final int KIND_DOUBLE = 1;
  private static final int KIND_INTEGER = 2;
  private static final int KIND_WORD = 3;

  private final BinaryWriter out = new BinaryWriter();
  private final VocabularyCache words = new VocabularyCache(16_384);

  public byte[] encode(InferenceEvent event) {
    out.clear();
    out.writeByte(FORMAT_VERSION);
    out.writeInt(flags(event));
    out.writeLong(event.timeMillis());
    out.writeString(event.model());
    out.writeString(event.principal());
    encodeOptional(event);
    encodeFeatures(event.features());
    out.writeVarint(event.embedding().size());
    for (int i = 0; i < event.embedding().size(); i++) {
      out.writeFloat(event.embedding().value(i));
    }
    encodeScores(event.scores());
    TextMeasuresCodec.write(out, event.inputText());
    TextMeasuresCodec.write(out, event.outputText());
    return out.toBytes();
  }

  /**
   * Fills the event with what was encoded.
   *
   * @throws IllegalArgumentException when the bytes are of an unknown format version, truncated or
   *     corrupt; the event is undefined then
   */
  public void decode(byte[] bytes, InferenceEvent into) {
    into.clear();
    BinaryReader in = new BinaryReader(bytes, words);
    int formatVersion = in.readByte();
    if (formatVersion != FORMAT_VERSION && formatVersion != FORMAT_VERSION_BEFORE) {
      throw new IllegalArgumentException(
          "format version must be "
              + FORMAT_VERSION_BEFORE
              + " or "
              + FORMAT_VERSION
              + ", was "
              + formatVersion);
    }
    int flags = in.readInt();
    int known = formatVersion == FORMAT_VERSION ? KNOWN_FLAGS : KNOWN_FLAGS_BEFORE;
    if ((flags & ~known) != 0) {
      throw new IllegalArgumentException("flags must be known, were " + flags);
    }
    into.timeMillis(in.readLong());
    into.model(in.readString());
    into.principal(in.readString());
    decodeOptional(in, flags, into);
    decodeFeatures(in, into.features());
    int coordinates = in.readCount();
    for (int i = 0; i < coordinates; i++) {
      into.embedding().add(in.readFloat());
    }
    decodeScores(in, (flags & LABELLED_SCORES) != 0, into.scores());
    if ((flags & INPUT_MEASURES) != 0) {
      TextMeasuresCodec.read(in, into.inputText());
    }
    if ((flags & OUTPUT_MEASURES) != 0) {
      TextMeasuresCodec.read(in, into.outputText());
    }
    in.requireEnd();
  }

  private static int flags(InferenceEvent event) {
    return (event.id() == null ? 0 : ID)
        | (event.version().isEmpty() ? 0 : VERSION)
        | (event.digest() == null ? 0 : DIGEST)
        | (event.org() == null ? 0 : ORG)
        | (event.ip() == null ? 0 : IP)
        | (event.operation() == null ? 0 : OPERATION)
        | (event.status().equals(InferenceEvent.DEFAULT_STATUS) ? 0 : STATUS)
        | (Double.isNaN(event.latencyMillis()) ? 0 : LATENCY)
        | (event.inputTextLength() < 0 ? 0 : INPUT_TEXT)
        | (event.inputTokens() < 0 ? 0 : INPUT_TOKENS)
        | (event.fingerprint() == null ? 0 : FINGERPRINT)
        | (event.label() == null ? 0 : LABEL)
        | (Double.isNaN(event.value()) ? 0 : VALUE)
        | (event.outputTextLength() < 0 ? 0 : OUTPUT_TEXT)
        | (event.outputTokens() < 0 ? 0 : OUTPUT_TOKENS)
        | (event.finishReason() == null ? 0 : FINISH_REASON)
        | (event.scores().isLabelled() ? LABELLED_SCORES : 0)
        | (event.inputText().isPresent() ? INPUT_MEASURES : 0)
        | (event.outputText().isPresent() ? OUTPUT_MEASURES : 0)
        | (event.network() == null ? 0 : NETWORK)
        | (event.guard() == null ? 0 : GUARD);
  }

  private void encodeOptional(InferenceEvent event) {
    encodeString(event.id());
    encodeString(event.version().isEmpty() ? null : event.version());
    encodeString(event.digest());
    encodeString(event.org());
    encodeString(event.ip());
    Operation operation = event.operation();
    if (operation != null) {
      out.writeByte(operation.binaryCode());
    }
    encodeString(event.status().equals(InferenceEvent.DEFAULT_STATUS) ? null : event.status());
    encodeDouble(event.latencyMillis());
    encodeCount(event.inputTextLength());
    encodeCount(event.inputTokens());
    encodeString(event.fingerprint());
    encodeString(event.label());
    encodeDouble(event.value());
    encodeCount(event.outputTextLength());
    encodeCount(event.outputTokens());
    encodeString(event.finishReason());
    encodeString(event.network());
    GuardVerdict guard = event.guard();
    if (guard != null) {
      out.writeByte(guard.binaryCode());
    }
  }

  private static void decodeOptional(BinaryReader in, int flags, InferenceEvent into) {
    into.id((flags & ID) == 0 ? null : in.readUniqueString());
    into.version((flags & VERSION) == 0 ? "" : in.readString());
    into.digest(string(in, flags, DIGEST));
    into.org(string(in, flags, ORG));
    into.ip(string(in, flags, IP));
    if ((flags & OPERATION) != 0) {
      into.operation(operation(in.readByte()));
    }
    into.status((flags & STATUS) == 0 ? InferenceEvent.DEFAULT_STATUS : in.readString());
    into.latencyMillis((flags & LATENCY) == 0 ? Double.NaN : in.readDouble());
    into.inputTextLength((flags & INPUT_TEXT) == 0 ? -1 : in.readVarint());
    into.inputTokens((flags & INPUT_TOKENS) == 0 ? -1 : in.readVarint());
    into.fingerprint((flags & FINGERPRINT) == 0 ? null : in.readUniqueString());
    into.label(string(in, flags, LABEL));
    into.value((flags & VALUE) == 0 ? Double.NaN : in.readDouble());
    into.outputTextLength((flags & OUTPUT_TEXT) == 0 ? -1 : in.readVarint());
    into.outputTokens((flags & OUTPUT_TOKENS) == 0 ? -1 : in.readVarint());
    into.finishReason(string(in, flags, FINISH_REASON));
    into.network(string(in, flags, NETWORK));
    if ((flags & GUARD) != 0) {
      into.guard(guard(in.readByte()));
    }
  }

  private void encodeFeatures(Features features) {
    out.writeVarint(features.size());
    for (int i = 0; i < features.size(); i++) {
      out.writeString(features.name(i));
      String word = features.word(i);
      double number = features.number(i);
      int integer = (int) number;
      if (word != null) {
        out.writeByte(KIND_WORD);
        out.writeString(word);
      } else if (Double.isNaN(number)) {
        out.writeByte(KIND_NULL);
      } else if (Double.doubleToRawLongBits(integer) == Double.doubleToRawLongBits(number)) {
        out.writeByte(KIND_INTEGER);
        out.writeVarint(integer << 1 ^ integer >> 31);
      } else {
        out.writeByte(KIND_DOUBLE);
        out.writeDouble(number);
      }
    }
  }

  private static void decodeFeatures(BinaryReader in, Features features) {
    int size = in.readCount();
    for (int i = 0; i < size; i++) {
      String name = in.readString();
      int kind = in.readByte();
      switch (kind) {
        case KIND_NULL -> features.addNull(name);
        case KIND_DOUBLE -> features.addNumber(name, in.readDouble());
        case KIND_INTEGER -> {
          int zigzag = in.readVarint();
          features.addNumber(name, zigzag >>> 1 ^ -(zigzag & 1));
        }
        case KIND_WORD -> features.addWord(name, in.readString());
        default -> throw new IllegalArgumentException("feature kind must be 0 to 3, was " + kind);
      }
    }
  }

  private void encodeScores(Scores scores) {
    out.writeVarint(scores.size());
    for (int i = 0; i < scores.size(); i++) {
      encodeString(scores.label(i));
      out.writeDouble(scores.value(i));
    }
  }

  private static void decodeScores(BinaryReader in, boolean isLabelled, Scores scores) {
    int size = in.readCount();
    for (int i = 0; i < size; i++) {
      if (isLabelled) {
        scores.add(in.readString(), in.readDouble());
      } else {
        scores.add(in.readDouble());
      }
    }
  }

  private void encodeString(@Nullable String text) {
    if (text != null) {
      out.writeString(text);
    }
  }

  private void encodeDouble(double value) {
    if (!Double.isNaN(value)) {
      out.writeDouble(value);
    }
  }

  private void encodeCount(int count) {
    if (count >= 0) {
      out.writeVarint(count);
    }
  }

  private static @Nullable String string(BinaryReader in, int flags, int flag) {
    return (flags & flag) == 0 ? null : in.readString();
  }

  private static Operation operation(int binaryCode) {
    Operation operation = Operation.ofBinaryCode(binaryCode);
    if (operation == null) {
      throw new IllegalArgumentException("operation must be 1 to 4, was " + binaryCode);
    }
    return operation;
  }

  private static GuardVerdict guard(int binaryCode) {
    GuardVerdict guard = GuardVerdict.ofBinaryCode(binaryCode);
    if (guard == null) {
      throw new IllegalArgumentException("guard verdict must be 1 to 5, was " + binaryCode);
    }
    return guard;
  }
}
