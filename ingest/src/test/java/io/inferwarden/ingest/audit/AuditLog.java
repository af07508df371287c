package io.inferwarden.ingest.audit;

import static io.inferwarden.ingest.audit.AuditEntries.START_MILLIS;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An audit topic as collectors write it: several of them, with restarts and aborted transactions.
 */
final class AuditLog {
  static final int PARTITIONS = 3;
  static final AuditChains.Settings SETTINGS = new AuditChains.Settings(10, Duration.ofSeconds(3));

  final List<List<byte[]>> partitions = new ArrayList<>();
  private final Random random;
  private final AuditSigner signer;
  private final Map<String, byte[]> lastRecords = new HashMap<>();
  private long entries;
  private long nowMillis = START_MILLIS;

  AuditLog(long seed, AuditSigner signer) {
    this.random = new Random(seed);
    this.signer = signer;
    for (int i = 0; i < PARTITIONS; i++) {
      partitions.add(new ArrayList<>());
    }
  }

  /** Two collectors, each of which lives twice, at the same time. */
  static AuditLog written(long seed, AuditSigner signer) {
    AuditLog log = new AuditLog(seed, signer);
    AuditChains one = log.start("one");
    AuditChains two = log.start("two");
    log.write(one, two, 14);
    log.end(one);
    one = log.start("one");
    log.write(one, two, 8);
    two = log.start("two"); // the one before was killed
    log.write(one, two, 14);
    log.end(one);
    log.end(two);
    return log;
  }

  AuditChains start(String writer) {
    AuditChains chains = new AuditChains(writer, signer, SETTINGS, nowMillis, random);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      byte[] last = lastRecords.get(writer + partition);
      if (last != null && !chains.resume(partition, last)) {
        throw new AssertionError("not resumed");
      }
    }
    return chains;
  }

  private void write(AuditChains one, AuditChains two, int transactions) {
    for (int i = 0; i < transactions; i++) {
      transaction(one, random.nextInt(5) > 0);
      transaction(two, random.nextInt(5) > 0);
    }
  }

  void transaction(AuditChains chains, boolean commit) {
    List<AuditChains.Checkpoint> written = new ArrayList<>();
    int size = 1 + random.nextInt(12);
    for (int i = 0; i < size; i++) {
      int partition = random.nextInt(PARTITIONS);
      written.add(
          new AuditChains.Checkpoint(
              partition, chains.append(partition, AuditEntries.entry(entries++))));
    }
    nowMillis += random.nextInt(300);
    written.addAll(chains.dueCheckpoints(nowMillis));
    if (commit) {
      chains.commit();
      keep(written);
    } else {
      chains.rollback();
    }
  }

  void end(AuditChains chains) {
    keep(chains.closingCheckpoints(nowMillis));
    chains.commit();
  }

  private void keep(List<AuditChains.Checkpoint> written) {
    for (AuditChains.Checkpoint record : written) {
      partitions.get(record.partition()).add(record.json());
      lastRecords.put(read(record.json()).writer() + record.partition(), record.json());
    }
  }

  /** A log with the same records, for tampering with. */
  AuditLog copy() {
    AuditLog copy = new AuditLog(random.nextLong(), signer);
    for (int i = 0; i < PARTITIONS; i++) {
      copy.partitions.get(i).addAll(partitions.get(i));
    }
    copy.nowMillis = nowMillis;
    return copy;
  }

  AuditRecord at(int partition, int offset) {
    return read(partitions.get(partition).get(offset));
  }

  static AuditRecord read(byte[] json) {
    return Objects.requireNonNull(
        new AuditRecordReader().read(json), new String(json, StandardCharsets.UTF_8));
  }

  /** What the verifier says of it, a day later. */
  Verified verify(AuditPublicKey key, boolean fromStart, List<AuditHead> expected) {
    return verify(List.of(key), fromStart, expected, 0);
  }

  /** What the verifier says of it when each message holds several records. */
  Verified verifyPacked(AuditPublicKey key, int recordsPerMessage) {
    AuditLog packed = copy();
    packed.partitions.replaceAll(records -> packed(records, recordsPerMessage));
    return packed.verify(key, true, List.of());
  }

  private static List<byte[]> packed(List<byte[]> records, int recordsPerMessage) {
    List<byte[]> messages = new ArrayList<>();
    AuditLines lines = new AuditLines();
    for (int i = 0; i < records.size(); i++) {
      lines.add(records.get(i));
      if ((i + 1) % recordsPerMessage == 0 || i + 1 == records.size()) {
        messages.add(lines.take());
      }
    }
    return messages;
  }

  Verified verify(
      List<AuditPublicKey> keys, boolean fromStart, List<AuditHead> expected, int firstOffset) {
    List<AuditFinding> findings = new ArrayList<>();
    AuditVerifier verifier =
        new AuditVerifier(
            new AuditVerifier.Settings(
                keys,
                fromStart,
                nowMillis + Duration.ofDays(1).toMillis(),
                Duration.ofMinutes(10),
                expected),
            findings::add);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      List<byte[]> records = partitions.get(partition);
      verifier.startsAt(partition, firstOffset);
      for (int offset = firstOffset; offset < records.size(); offset++) {
        verifier.accept(partition, offset, records.get(offset));
      }
    }
    verifier.finish();
    return new Verified(findings, verifier.chains());
  }

  /**
   * The outcome.
   *
   * @param findings what is wrong
   * @param chains what was seen
   */
  record Verified(List<AuditFinding> findings, List<ChainReport> chains) {
    @Nullable AuditFinding first(AuditFinding.Kind kind) {
      return findings.stream().filter(found -> found.kind() == kind).findFirst().orElse(null);
    }

    List<AuditHead> heads() {
      return chains.stream().map(ChainReport::head).toList();
    }
  }
}
