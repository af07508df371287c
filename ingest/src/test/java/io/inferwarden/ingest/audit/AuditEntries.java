package io.inferwarden.ingest.audit;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Entries and keys for tests. */
final class AuditEntries {
  static final long START_MILLIS = 1_772_409_600_000L;

  private AuditEntries() {}

  static AuditEntry entry(long number) {
    return new AuditEntry(
        "evt-" + number,
        START_MILLIS + number,
        START_MILLIS + number + 5,
        "otlp",
        "gateway-key",
        "default",
        "p_" + Long.toString(number % 7 + 1_000_000, 32),
        number % 3 == 0 ? "p_next" : null,
        "fraud-scorer",
        number % 4 == 0 ? "" : "7",
        number % 5 == 0 ? null : "sha256:0123456789abcdef",
        "classify",
        "ok",
        number % 2 == 0 ? null : "9f3a5c7711223344",
        number % 2 == 0 ? "1122334455667788" : null);
  }

  /** An entry whose texts need every kind of escaping. */
  static AuditEntry strange() {
    return new AuditEntry(
        "quote\" slash\\ control\u0001 line\n del\u007f",
        START_MILLIS,
        START_MILLIS,
        "é ß €",
        "\uD83D\uDE00",
        "half \uD83D of a pair",
        "\uDE00",
        null,
        "\u2028\u202e",
        "",
        null,
        null,
        "ok",
        null,
        null);
  }

  static AuditSigner signer(long seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(seed);
      return AuditSigner.generate(random);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
