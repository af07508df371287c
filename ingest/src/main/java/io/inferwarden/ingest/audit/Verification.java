package io.inferwarden.ingest.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all chains of one verification share. */
final class Verification {
  /** Records that are held at once, over all chains, before some are settled unsigned. */
  private static final int MOST_HELD = 1_000_000;

  final AuditVerifier.Settings settings;
  private final Consumer<AuditFinding> findings;
  private final Map<String, AuditPublicKey> keys = new HashMap<>();
  private int held;

  Verification(AuditVerifier.Settings settings, Consumer<AuditFinding> findings) {
    this.settings = settings;
    this.findings = findings;
    settings.keys().forEach(key -> keys.put(key.id(), key));
  }

  @Nullable AuditPublicKey key(@Nullable String id) {
    return id == null ? null : keys.get(id);
  }

  void report(AuditFinding finding) {
    findings.accept(finding);
  }

  /** One record more is held; whether that is still within bounds. */
  boolean hold() {
    held++;
    return held <= MOST_HELD;
  }

  void letGo(int records) {
    held -= records;
  }
}
