package io.inferwarden.ingest.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the audit topic and says where it is not what was written. A record is proven once a
 * checkpoint after it, signed by a trusted key, is linked to it by hashes; later records are only
 * consistent. Holds what came since the last checkpoints, and at most a million records. Not
 * thread-safe.
 */
public final class AuditVerifier {
  /**
   * How to verify.
   *
   * @param keys that are trusted: those in use, and those that were when the log was written
   * @param fromStart whether every chain must be there from its first record on; else retention may
   *     have deleted some
   * @param nowMillis the time, since the epoch
   * @param unsignedGrace how long a new chain may be without a checkpoint
   * @param expected heads of an earlier export
   */
  public record Settings(
      List<AuditPublicKey> keys,
      boolean fromStart,
      long nowMillis,
      Duration unsignedGrace,
      List<AuditHead> expected) {
    public Settings {
      keys = List.copyOf(keys);
      expected = List.copyOf(expected);
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("keys must have at least one");
      }
    }

    Map<String, AuditHead> expectedIn(int partition) {
      Map<String, AuditHead> heads = new HashMap<>();
      for (AuditHead head : expected) {
        if (head.partition() == partition) {
          heads.merge(
              head.chain(), head, (one, other) -> one.sequence() > other.sequence() ? one : other);
        }
      }
      return heads;
    }
  }

  private final AuditRecordReader reader = new AuditRecordReader();
  private final Verification verification;
  private final Map<Integer, PartitionCheck> partitions = new TreeMap<>();
  private long records;

  /**
   * A verification of one topic.
   *
   * @param findings takes what is wrong; some of it only when all has been read
   */
  public AuditVerifier(Settings settings, Consumer<AuditFinding> findings) {
    this.verification = new Verification(settings, findings);
    settings.expected().forEach(head -> partition(head.partition()));
  }

  /** Says where a partition begins: what was before it, retention has deleted. */
  public void startsAt(int partition, long offset) {
    partition(partition).startsAt(offset);
  }

  /** Takes a message, those of a partition in their order; whatever it is, this does not fail. */
  public void accept(int partition, long offset, byte @Nullable [] message) {
    PartitionCheck check = partition(partition);
    for (byte[] line : AuditLines.of(message)) {
      records++;
      check.accept(reader.read(line), offset);
    }
  }

  private PartitionCheck partition(int partition) {
    return partitions.computeIfAbsent(
        partition, number -> new PartitionCheck(verification, number));
  }

  /** All has been read: reports what could not be said before. */
  public void finish() {
    partitions.values().forEach(PartitionCheck::finish);
  }

  /** How many records were taken. */
  public long records() {
    return records;
  }

  /** What was seen of each chain, by partition; once finished. */
  public List<ChainReport> chains() {
    List<ChainReport> reports = new ArrayList<>();
    partitions.values().forEach(check -> reports.addAll(check.reports()));
    return reports;
  }
}
