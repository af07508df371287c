package io.inferwarden.ingest.audit;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How far a writer is with its chain of one partition. */
final class WrittenChain {
  private final byte[] eventOpening;
  private final byte[] checkpointOpening;
  private final AuditRecord.@Nullable Follows follows;

  private final Head committed;
  private final Head written;
  private boolean touched;

  /**
   * A chain without records yet.
   *
   * @param opening the fields that all its records have, without the type
   * @param followed the writer's last record there; null where there is none
   * @param startMillis from when the time to the first checkpoint counts
   */
  WrittenChain(String opening, @Nullable AuditRecord followed, long startMillis) {
    this.eventOpening = opening(AuditRecord.EVENT, opening);
    this.checkpointOpening = opening(AuditRecord.CHECKPOINT, opening);
    this.follows =
        followed == null ? null : new AuditRecord.Follows(followed.chain(), followed.sequence());
    this.committed =
        new Head(followed == null ? new byte[Sha256.BYTES] : followed.hash(), startMillis);
    this.written = new Head(committed.hash, startMillis);
  }

  private static byte[] opening(String type, String rest) {
    return ("{\"v\":" + AuditRecord.FORMAT + ",\"type\":\"" + type + "\"" + rest)
        .getBytes(StandardCharsets.UTF_8);
  }

  byte[] opening(boolean event) {
    return event ? eventOpening : checkpointOpening;
  }

  /** What the first record says that it follows. */
  String follows() {
    return follows == null ? AuditRecord.GENESIS : follows.toString();
  }

  Head written() {
    return written;
  }

  Head committed() {
    return committed;
  }

  /** Whether it is the first change since the last commit or rollback. */
  boolean touch() {
    boolean first = !touched;
    touched = true;
    return first;
  }

  void commit() {
    committed.become(written);
    touched = false;
  }

  void rollback() {
    written.become(committed);
    touched = false;
  }

  /** The end of a chain. */
  static final class Head {
    /** Of the last record; of what the chain follows while it has none. */
    final byte[] hash;

    /** How many records there are: the place of the next. */
    long records;

    long events;
    int sinceCheckpoint;
    long checkpointMillis;

    Head(byte[] hash, long checkpointMillis) {
      this.hash = hash.clone();
      this.checkpointMillis = checkpointMillis;
    }

    void become(Head other) {
      System.arraycopy(other.hash, 0, hash, 0, hash.length);
      records = other.records;
      events = other.events;
      sinceCheckpoint = other.sinceCheckpoint;
      checkpointMillis = other.checkpointMillis;
    }
  }
}
