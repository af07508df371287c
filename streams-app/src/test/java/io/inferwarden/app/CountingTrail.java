package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.ingest.audit.AuditEntry;
import io.inferwarden.ingest.collector.log.AuditTrail;
import java.util.HashMap;
import java.util.Map;

/** An audit whose records are the event's id and its number in the partition. */
final class CountingTrail implements AuditTrail {
  private final Map<Integer, Long> committed = new HashMap<>();
  private final Map<Integer, Long> appended = new HashMap<>();

  @Override
  public byte[] append(int partition, AuditEntry entry) {
    long number = appended.merge(partition, 1L, Long::sum);
    return (entry.id() + " " + number).getBytes(UTF_8);
  }

  @Override
  public Map<Integer, byte[]> checkpoints(boolean closing) {
    return Map.of();
  }

  @Override
  public void commit() {
    committed.putAll(appended);
  }

  @Override
  public void rollback() {
    appended.clear();
    appended.putAll(committed);
  }

  @Override
  public Map<Integer, String> heads() {
    Map<Integer, String> heads = new HashMap<>();
    appended.forEach((partition, number) -> heads.put(partition, number.toString()));
    return heads;
  }

  @Override
  public void restore(Map<Integer, String> heads) {
    committed.clear();
    heads.forEach((partition, number) -> committed.put(partition, Long.parseLong(number)));
    rollback();
  }

  @Override
  public Map<Integer, Long> positions() {
    return Map.copyOf(committed);
  }
}
