package io.inferwarden.ingest.audit;

import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One record of an audit chain, as it was read. Immutable. */
public final class AuditRecord {
  static final String EVENT = "event";
  static final String CHECKPOINT = "checkpoint";
  static final String GENESIS = "genesis";
  static final int FORMAT = 1;

  /** Of {@code ,"hash":"…"}}, with which every record ends. */
  static final int HASH_SUFFIX = 9 + 2 * Sha256.BYTES + 2;

  /** Of {@code ,"signature":"…"}. */
  private static final int SIGNATURE_FIELD = 14 + 86 + 1;

  private final byte[] json;
  private final @Nullable String[] texts;
  private final long[] numbers;
  private final byte[] hash;
  private final byte[] previous;
  private final boolean intact;

  AuditRecord(byte[] json, @Nullable String[] texts, long[] numbers, boolean intact) {
    this.json = json;
    this.texts = texts;
    this.numbers = numbers;
    this.hash = HexFormat.of().parseHex(required(AuditField.HASH));
    this.previous = HexFormat.of().parseHex(required(AuditField.PREVIOUS));
    this.intact = intact;
  }

  /** A text of the record; null where it has none. */
  public @Nullable String text(AuditField field) {
    return texts[field.place()];
  }

  /** A number of the record; 0 where it has none. */
  public long number(AuditField field) {
    return numbers[field.place()];
  }

  private String required(AuditField field) {
    String text = texts[field.place()];
    if (text == null) {
      throw new IllegalArgumentException("a record must have " + field.code());
    }
    return text;
  }

  /** Who wrote it. */
  public String writer() {
    return required(AuditField.WRITER);
  }

  /** Its chain: one life of its writer. There is one of that name in each partition. */
  public String chain() {
    return required(AuditField.CHAIN);
  }

  /** The partition that it was written to. */
  public long partition() {
    return number(AuditField.PARTITION);
  }

  /** Its place in the chain, from 0. */
  public long sequence() {
    return number(AuditField.SEQUENCE);
  }

  /** Whether it tells of an event; else it is a checkpoint. */
  public boolean isEvent() {
    return EVENT.equals(text(AuditField.TYPE));
  }

  /** Id of the event; empty of a checkpoint. */
  public String eventId() {
    String id = text(AuditField.ID);
    return id == null ? "" : id;
  }

  /** Whether its hash is that of its bytes. */
  public boolean isIntact() {
    return intact;
  }

  /** Whether it is a checkpoint after which the chain has ended. */
  boolean isLast() {
    return number(AuditField.LAST) == 1;
  }

  /** What the first record of a chain follows; null where it follows nothing, or is not first. */
  @Nullable Follows follows() {
    return Follows.parse(text(AuditField.FOLLOWS));
  }

  /** The hash that it says is its own. Not to be changed. */
  byte[] hash() {
    return hash;
  }

  /** The hash of the record before it. Not to be changed. */
  byte[] previous() {
    return previous;
  }

  /** Whether it is a checkpoint that this key has signed. */
  boolean isSignedBy(AuditPublicKey key) {
    int signed = json.length - HASH_SUFFIX - SIGNATURE_FIELD;
    String signature = text(AuditField.SIGNATURE);
    if (signature == null || signed <= 0) {
      return false;
    }
    try {
      return key.hasSigned(json, signed, Base64.getUrlDecoder().decode(signature));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * The last record of an earlier chain.
   *
   * @param chain that it is of
   * @param sequence its place there
   */
  record Follows(String chain, long sequence) {
    static @Nullable Follows parse(@Nullable String text) {
      if (text == null || text.equals(GENESIS)) {
        return null;
      }
      int colon = text.lastIndexOf(':');
      try {
        return new Follows(
            text.substring(0, Math.max(colon, 0)), Long.parseLong(text.substring(colon + 1)));
      } catch (NumberFormatException e) {
        return null;
      }
    }

    @Override
    public String toString() {
      return chain + ":" + sequence;
    }
  }
}
