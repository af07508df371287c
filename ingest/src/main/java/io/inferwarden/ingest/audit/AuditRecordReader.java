package io.inferwarden.ingest.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads records strictly: known fields, each once and in the order of {@link AuditField}, as no
 * other reader can then see something else in them. Not thread-safe.
 */
public final class AuditRecordReader {
  private static final int MOST_BYTES = 1024 * 1024;
  private static final byte[] HASH_OPENING = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);

  private static final int ALWAYS =
      bits(
          AuditField.FORMAT,
          AuditField.TYPE,
          AuditField.WRITER,
          AuditField.CHAIN,
          AuditField.PARTITION,
          AuditField.SEQUENCE,
          AuditField.TIME,
          AuditField.PREVIOUS,
          AuditField.HASH);

  private static final int OF_CHECKPOINTS =
      bits(AuditField.EVENTS, AuditField.KEY, AuditField.SIGNATURE);

  private static final int MAYBE_OF_CHECKPOINTS = bits(AuditField.LAST, AuditField.FOLLOWS);

  private final JsonFactory factory = new JsonFactory();
  private final MessageDigest digest = Sha256.digest();
  private final @Nullable String[] texts = new @Nullable String[AuditField.values().length];
  private final long[] numbers = new long[AuditField.values().length];

  private static int bits(AuditField... fields) {
    int bits = 0;
    for (AuditField field : fields) {
      bits |= field.bit();
    }
    return bits;
  }

  /** The record that the bytes are; null where they are none. Never throws. */
  public @Nullable AuditRecord read(byte @Nullable [] json) {
    if (json == null || json.length > MOST_BYTES || !endsWithHash(json)) {
      return null;
    }
    Arrays.fill(texts, null);
    Arrays.fill(numbers, 0);
    int found;
    try (JsonParser parser = factory.createParser(json)) {
      found = fields(parser);
    } catch (IOException malformed) {
      return null;
    }
    if (!isComplete(found)) {
      return null;
    }
    digest.update(json, 0, json.length - AuditRecord.HASH_SUFFIX);
    boolean intact =
        HexFormat.of().formatHex(digest.digest()).equals(texts[AuditField.HASH.place()]);
    return new AuditRecord(json, texts.clone(), numbers.clone(), intact);
  }

  private static boolean endsWithHash(byte[] json) {
    int start = json.length - AuditRecord.HASH_SUFFIX;
    return start > 0
        && Arrays.equals(
            json, start, start + HASH_OPENING.length, HASH_OPENING, 0, HASH_OPENING.length)
        && json[json.length - 2] == '"'
        && json[json.length - 1] == '}';
  }

  /** Reads all fields; the bits of those that it found, or 0 where one of them cannot be. */
  private int fields(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return 0;
    }
    int found = 0;
    int before = -1;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      AuditField field = AuditField.ofCode(parser.currentName());
      if (field == null || field.place() <= before || !value(parser, field)) {
        return 0;
      }
      before = field.place();
      found |= field.bit();
    }
    return parser.nextToken() == null ? found : 0;
  }

  private boolean value(JsonParser parser, AuditField field) throws IOException {
    JsonToken token = parser.nextToken();
    if (field == AuditField.LAST) {
      numbers[field.place()] = 1;
      return token == JsonToken.VALUE_TRUE;
    }
    if (field.isNumber()) {
      if (token != JsonToken.VALUE_NUMBER_INT
          || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
        return false;
      }
      numbers[field.place()] = parser.getLongValue();
      return numbers[field.place()] >= 0;
    }
    if (token != JsonToken.VALUE_STRING) {
      return false;
    }
    texts[field.place()] = parser.getText();
    return true;
  }

  private boolean isComplete(int found) {
    if ((found & ALWAYS) != ALWAYS
        || numbers[AuditField.FORMAT.place()] != AuditRecord.FORMAT
        || isNoHash(AuditField.HASH)
        || isNoHash(AuditField.PREVIOUS)) {
      return false;
    }
    boolean first = numbers[AuditField.SEQUENCE.place()] == 0;
    if (first != ((found & AuditField.FOLLOWS.bit()) != 0)) {
      return false;
    }
    String type = texts[AuditField.TYPE.place()];
    if (AuditRecord.EVENT.equals(type)) {
      return (found & (OF_CHECKPOINTS | AuditField.LAST.bit())) == 0;
    }
    return AuditRecord.CHECKPOINT.equals(type)
        && (found & OF_CHECKPOINTS) == OF_CHECKPOINTS
        && (found & ~(ALWAYS | OF_CHECKPOINTS | MAYBE_OF_CHECKPOINTS)) == 0;
  }

  private boolean isNoHash(AuditField field) {
    String text = texts[field.place()];
    if (text == null || text.length() != 2 * Sha256.BYTES) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.digit(c, 16) < 0 || c > 'f' || Character.isUpperCase(c)) {
        return true;
      }
    }
    return false;
  }
}
