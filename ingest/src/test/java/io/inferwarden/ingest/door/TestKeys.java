package io.inferwarden.ingest.door;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Keys whose secrets everybody knows. */
final class TestKeys {
  /** When the second epoch begins. */
  static final Instant CHANGE = Instant.parse("2026-03-02T00:00:00Z");

  /** For how long the audit carries both pseudonyms. */
  static final Duration OVERLAP = Duration.ofDays(7);

  private TestKeys() {}

  static KeyRing ring() {
    return KeyRing.of(List.of(first(), second()));
  }

  static KeyEpoch first() {
    return new KeyEpoch("2025", Instant.parse("2025-12-01T00:00:00Z"), Duration.ZERO, secret(0));
  }

  static KeyEpoch second() {
    return new KeyEpoch("2026", CHANGE, OVERLAP, secret(32));
  }

  /** 32 bytes that count up from the first. */
  static Secret secret(int first) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return Secret.of(bytes);
  }
}
