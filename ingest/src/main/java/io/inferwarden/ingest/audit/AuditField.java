package io.inferwarden.ingest.audit;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record, in the only order in which they may stand. Their names are public: see
 * {@code audit-record-v1.schema.json}.
 */
public enum AuditField {
  FORMAT("v", true),
  TYPE("type", false),
  WRITER("writer", false),
  CHAIN("chain", false),
  PARTITION("partition", true),
  SEQUENCE("seq", true),
  FOLLOWS("follows", false),
  ID("id", false),
  TIME("time", true),
  RECEIVED("received", true),
  SOURCE("source", false),
  CLIENT("client", false),
  TENANT("tenant", false),
  PRINCIPAL("principal", false),
  NEXT_PRINCIPAL("nextPrincipal", false),
  MODEL("model", false),
  VERSION("version", false),
  DIGEST("digest", false),
  OPERATION("operation", false),
  STATUS("status", false),
  INPUT_FINGERPRINT("inputFingerprint", false),
  OUTPUT_FINGERPRINT("outputFingerprint", false),
  EVENTS("events", true),
  LAST("last", true),
  KEY("key", false),
  PREVIOUS("prev", false),
  SIGNATURE("signature", false),
  HASH("hash", false);

  private static final Map<String, AuditField> BY_CODE = new HashMap<>();

  static {
    for (AuditField field : values()) {
      BY_CODE.put(field.code, field);
    }
  }

  private final String code;
  private final boolean number;

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes it; no array can say so
  private final byte[] opening;

  AuditField(String code, boolean number) {
    this.code = code;
    this.number = number;
    this.opening = (",\"" + code + "\":").getBytes(StandardCharsets.US_ASCII);
  }

  static @Nullable AuditField ofCode(String code) {
    return BY_CODE.get(code);
  }

  /** As it is written in a record. */
  public String code() {
    return code;
  }

  boolean isNumber() {
    return number;
  }

  /** Where it stands among the fields, from 0. */
  @SuppressWarnings("EnumOrdinal") // the order is the format
  int place() {
    return ordinal();
  }

  int bit() {
    return 1 << place();
  }

  /** A comma, the name and a colon: for {@link RecordBuffer} alone. */
  byte[] opening() {
    return opening;
  }
}
