package io.inferwarden.ingest.collector.log;

import io.inferwarden.ingest.audit.AuditEntry;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The audit of what the log writes: a record beside each event, kept exactly when the event is. One
 * thread uses it.
 */
public interface AuditTrail {
  /** No audit. */
  AuditTrail NONE = new NoAudit();

  /** The record of an entry, for that partition of the audit topic; null when none is kept. */
  byte @Nullable [] append(int partition, AuditEntry entry);

  /**
   * The checkpoints that are due, by partition: the last records of their transaction.
   *
   * @param closing whether nothing will be appended any more, so that each chain ends with one
   */
  Map<Integer, byte[]> checkpoints(boolean closing);

  /** What was appended since the last commit is in the topic. */
  void commit();

  /** What was appended since the last commit is not in the topic. */
  void rollback();

  /** Where the chains are with what was appended, by partition, in a form of its own. */
  Map<Integer, String> heads();

  /** Goes on from these heads, and forgets everything else. */
  void restore(Map<Integer, String> heads);

  /** How many records the chain of a partition has, by partition. */
  Map<Integer, Long> positions();
}
