package io.inferwarden.ingest.audit;

import java.util.Arrays;

/** A record at its place in the log: what remains of it until its chain is settled. */
final class Placed {
  final long sequence;
  final long offset;

  /** Rises with every record that was read of the partition. */
  final long order;

  final String eventId;
  final byte[] hash;
  final byte[] previous;
  final long millis;

  /** Whether it is a checkpoint that a trusted key has signed. */
  boolean signed;

  /** Whether a finding names it, so that no other needs to. */
  boolean reported;

  Placed(AuditRecord record, long offset, long order) {
    this.sequence = record.sequence();
    this.offset = offset;
    this.order = order;
    this.eventId = record.eventId();
    this.hash = record.hash();
    this.previous = record.previous();
    this.millis = record.number(record.isEvent() ? AuditField.RECEIVED : AuditField.TIME);
  }

  /** Whether it is the record right after that one. */
  boolean follows(Placed other) {
    return sequence == other.sequence + 1 && Arrays.equals(previous, other.hash);
  }

  boolean hasHash(byte[] wanted) {
    return Arrays.equals(hash, wanted);
  }

  /** For people: where it is in the chain, and its event. */
  String describe() {
    return "seq " + sequence + (eventId.isEmpty() ? " (a checkpoint)" : " (event " + eventId + ")");
  }
}
