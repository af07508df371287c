package io.inferwarden.ingest.collector.log;

import io.inferwarden.ingest.audit.AuditChains;
import io.inferwarden.ingest.audit.AuditEntry;
import io.inferwarden.ingest.audit.AuditSigner;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The audit in hash chains. A head is the last record itself, which the first record of the next
 * life of the chain follows. The heads are committed with the records, so a life that ends in any
 * way is followed by the next without a gap.
 */
public final class ChainedAudit implements AuditTrail {
  /** What a broker takes beside an offset, unless it is set to take more. */
  private static final int MOST_CHARACTERS = 4_000;

  private final String writer;
  private final AuditSigner signer;
  private final AuditChains.Settings settings;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Map<Integer, byte[]> committed = new HashMap<>();
  private final Map<Integer, byte[]> appended = new HashMap<>();
  private AuditChains chains;

  /**
   * The chains of a collector.
   *
   * @param writer names the collector, the same in every life of it, and no other one
   * @param random tells each life from any other
   */
  public ChainedAudit(
      String writer,
      AuditSigner signer,
      AuditChains.Settings settings,
      InstantSource clock,
      RandomGenerator random) {
    this.writer = writer;
    this.signer = signer;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.chains = begin();
  }

  private AuditChains begin() {
    return new AuditChains(writer, signer, settings, clock.millis(), random);
  }

  @Override
  public byte[] append(int partition, AuditEntry entry) {
    byte[] record = chains.append(partition, entry);
    appended.put(partition, record);
    return record;
  }

  @Override
  public Map<Integer, byte[]> checkpoints(boolean closing) {
    long now = clock.millis();
    Map<Integer, byte[]> due = new HashMap<>();
    for (AuditChains.Checkpoint checkpoint :
        closing ? chains.closingCheckpoints(now) : chains.dueCheckpoints(now)) {
      due.put(checkpoint.partition(), checkpoint.json());
    }
    appended.putAll(due);
    return due;
  }

  @Override
  public void commit() {
    chains.commit();
    committed.putAll(appended);
    appended.clear();
  }

  @Override
  public void rollback() {
    chains.rollback();
    appended.clear();
  }

  @Override
  public Map<Integer, String> heads() {
    Map<Integer, byte[]> records = new HashMap<>(committed);
    records.putAll(appended);
    Map<Integer, String> heads = new HashMap<>();
    records.forEach(
        (partition, record) -> {
          String head = Base64.getEncoder().encodeToString(record);
          // without its head, the next life begins anew there, and the verifier tells
          heads.put(partition, head.length() <= MOST_CHARACTERS ? head : "");
        });
    return heads;
  }

  @Override
  public void restore(Map<Integer, String> heads) {
    chains = begin();
    committed.clear();
    appended.clear();
    heads.forEach(
        (partition, head) -> {
          byte[] record = Base64.getDecoder().decode(head);
          if (chains.resume(partition, record)) {
            committed.put(partition, record);
          }
        });
  }

  @Override
  public Map<Integer, Long> positions() {
    Map<Integer, Long> positions = new HashMap<>();
    for (int partition : committed.keySet()) {
      positions.put(partition, chains.position(partition));
    }
    return positions;
  }
}
