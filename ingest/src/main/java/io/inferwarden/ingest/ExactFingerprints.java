package io.inferwarden.ingest;

import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprints of exactly what was asked and answered, for an audit: 128 bits of HMAC-SHA-256 (RFC
 * 2104) under a {@link TextKey}, as 32 hexadecimal digits. Equal for equal content and, unlike the
 * 64-bit hashes of measures, for no other that anybody can find.
 *
 * <p>Of a text: a byte {@code T} and the whole text in UTF-8, where half a surrogate pair is
 * encoded as three bytes. Without one: a byte {@code I}, features by name and the embedding; or a
 * byte {@code O}, label, scores (by label when they have any) and value; each part with its length
 * before it, numbers as eight bytes, both zeros alike. One serves one thread.
 */
public final class ExactFingerprints {
  private static final int BYTES = 16;
  private static final int NONE = 0;
  private static final int PRESENT = 1;
  private static final int NUMBER = 2;
  private static final int WORD = 3;

  /** Room for the longest unit that is written at once. */
  private static final int SPARE = 8;

  private final Mac mac;
  private final byte[] buffer = new byte[4096];
  private final byte[] digest = new byte[32];
  private final NameOrder order = new NameOrder();
  private int buffered;

  /**
   * Fingerprints under a key.
   *
   * @param key that holds a secret
   */
  public ExactFingerprints(TextKey key) {
    mac = key.newMac();
  }

  /** Of a text. */
  public String ofText(String text) {
    return ofText(text.toCharArray(), 0, text.length());
  }

  /** Of a text in an array. */
  public String ofText(char[] text, int offset, int length) {
    writeByte('T');
    writeCharacters(text, offset, length);
    return finish();
  }

  /** Of the features and the embedding of an event; null when it has neither. */
  public @Nullable String ofInput(InferenceEvent event) {
    Features features = event.features();
    Embedding embedding = event.embedding();
    if (features.size() == 0 && embedding.size() == 0) {
      return null;
    }
    order.clear();
    for (int i = 0; i < features.size(); i++) {
      order.add(features.name(i));
    }
    order.sort();
    writeByte('I');
    writeInteger(features.size());
    for (int rank = 0; rank < features.size(); rank++) {
      writeFeature(features, order.place(rank));
    }
    writeInteger(embedding.size());
    for (int i = 0; i < embedding.size(); i++) {
      writeNumber(embedding.value(i));
    }
    return finish();
  }

  /** Of the label, the scores and the value of an event; null when it has none of them. */
  public @Nullable String ofOutput(InferenceEvent event) {
    Scores scores = event.scores();
    if (event.label() == null && scores.size() == 0 && Double.isNaN(event.value())) {
      return null;
    }
    writeByte('O');
    writeOptional(event.label());
    order.clear();
    if (scores.isLabelled()) {
      for (int i = 0; i < scores.size(); i++) {
        order.add(labelOf(scores, i));
      }
      order.sort();
    }
    writeInteger(scores.size());
    writeByte(scores.isLabelled() ? PRESENT : NONE);
    for (int rank = 0; rank < scores.size(); rank++) {
      int place = scores.isLabelled() ? order.place(rank) : rank;
      if (scores.isLabelled()) {
        writeString(labelOf(scores, place));
      }
      writeNumber(scores.value(place));
    }
    writeByte(Double.isNaN(event.value()) ? NONE : PRESENT);
    writeNumber(event.value());
    return finish();
  }

  private static String labelOf(Scores scores, int index) {
    String label = scores.label(index);
    return label == null ? "" : label;
  }

  private void writeFeature(Features features, int index) {
    writeString(features.name(index));
    String word = features.word(index);
    double number = features.number(index);
    if (word != null) {
      writeByte(WORD);
      writeString(word);
    } else if (Double.isNaN(number)) {
      writeByte(NONE);
    } else {
      writeByte(NUMBER);
      writeNumber(number);
    }
  }

  private void writeOptional(@Nullable String text) {
    writeByte(text == null ? NONE : PRESENT);
    if (text != null) {
      writeString(text);
    }
  }

  private void writeString(String text) {
    writeInteger(text.length());
    for (int i = 0; i < text.length(); ) {
      int codePoint = text.codePointAt(i);
      writeCodePoint(codePoint);
      i += Character.charCount(codePoint);
    }
  }

  private void writeCharacters(char[] text, int offset, int length) {
    int end = offset + length;
    for (int i = offset; i < end; ) {
      if (text[i] < 0x80) {
        writeByte(text[i++]);
        continue;
      }
      int codePoint = Character.codePointAt(text, i, end);
      writeCodePoint(codePoint);
      i += Character.charCount(codePoint);
    }
  }

  private void writeCodePoint(int codePoint) {
    makeRoom();
    if (codePoint < 0x80) {
      buffer[buffered++] = (byte) codePoint;
      return;
    }
    if (codePoint < 0x800) {
      buffer[buffered++] = (byte) (0xc0 | codePoint >> 6);
    } else {
      if (codePoint < 0x10000) {
        buffer[buffered++] = (byte) (0xe0 | codePoint >> 12);
      } else {
        buffer[buffered++] = (byte) (0xf0 | codePoint >> 18);
        buffer[buffered++] = (byte) (0x80 | (codePoint >> 12 & 0x3f));
      }
      buffer[buffered++] = (byte) (0x80 | (codePoint >> 6 & 0x3f));
    }
    buffer[buffered++] = (byte) (0x80 | (codePoint & 0x3f));
  }

  private void writeNumber(double number) {
    // Adding zero turns -0.0 into 0.0.
    long bits = Double.doubleToLongBits(number + 0.0);
    writeInteger((int) (bits >>> 32));
    writeInteger((int) bits);
  }

  private void writeInteger(int value) {
    makeRoom();
    buffer[buffered++] = (byte) (value >>> 24);
    buffer[buffered++] = (byte) (value >>> 16);
    buffer[buffered++] = (byte) (value >>> 8);
    buffer[buffered++] = (byte) value;
  }

  private void writeByte(int value) {
    makeRoom();
    buffer[buffered++] = (byte) value;
  }

  private void makeRoom() {
    if (buffered > buffer.length - SPARE) {
      mac.update(buffer, 0, buffered);
      buffered = 0;
    }
  }

  private String finish() {
    mac.update(buffer, 0, buffered);
    buffered = 0;
    try {
      mac.doFinal(digest, 0);
    } catch (ShortBufferException impossible) {
      throw new IllegalStateException("HMAC-SHA-256 has 32 bytes", impossible);
    }
    return HexFormat.of().formatHex(digest, 0, BYTES);
  }
}
