package io.inferwarden.ingest.collector.log;

import io.inferwarden.ingest.audit.AuditEntry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps nothing. */
final class NoAudit implements AuditTrail {
  @Override
  public byte @Nullable [] append(int partition, AuditEntry entry) {
    return null;
  }

  @Override
  public Map<Integer, byte[]> checkpoints(boolean closing) {
    return Map.of();
  }

  @Override
  public void commit() {}

  @Override
  public void rollback() {}

  @Override
  public Map<Integer, String> heads() {
    return Map.of();
  }

  @Override
  public void restore(Map<Integer, String> heads) {}

  @Override
  public Map<Integer, Long> positions() {
    return Map.of();
  }
}
