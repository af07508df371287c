package io.inferwarden.ingest.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit chains of one collector, one for each partition. Every record holds the hash of
 * the one before it, and a checkpoint signs all that stands before it. Records that were appended
 * since the last {@link #commit} are taken back by {@link #rollback}, as the transaction that they
 * are written in. Not thread-safe: for the one thread that writes.
 */
public final class AuditChains {
  /**
   * When a checkpoint is due: whichever comes first.
   *
   * @param records since the last one of the partition, 1 to 1000000
   * @param time since the last one of the partition, at least 1 ms
   */
  public record Settings(int records, Duration time) {
    private static final int MOST_RECORDS = 1_000_000;

    public Settings {
      if (records < 1 || records > MOST_RECORDS) {
        throw new IllegalArgumentException(
            "records must be from 1 to " + MOST_RECORDS + ", was " + records);
      }
      if (time.toMillis() < 1) {
        throw new IllegalArgumentException("time must be >= 1 ms, was " + time);
      }
    }

    /** Every 20,000 records of a partition, and every 10 seconds; a signature takes about 1 ms. */
    public static Settings defaults() {
      return new Settings(20_000, Duration.ofSeconds(10));
    }
  }

  /**
   * A signed record.
   *
   * @param partition that it belongs to
   * @param json the record
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
  public record Checkpoint(int partition, byte[] json) {}

  private static final int LONGEST_WRITER = 128;
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CLOSING_BRACE = {'}'};

  private final String writer;
  private final String chain;
  private final AuditSigner signer;
  private final Settings settings;
  private final long startMillis;
  private final MessageDigest digest = Sha256.digest();
  private final RecordBuffer buffer = new RecordBuffer();
  private final List<WrittenChain> touched = new ArrayList<>();

  /** By partition; a collector writes to all of them, so the array has few holes. */
  private @Nullable WrittenChain[] chains = new @Nullable WrittenChain[16];

  /**
   * The chains of one life of a collector.
   *
   * @param writer names the collector, the same in every life of it, and no other one
   * @param signer signs the checkpoints
   * @param startMillis when this life began, since the epoch
   * @param random tells this life from any other
   */
  public AuditChains(
      String writer,
      AuditSigner signer,
      Settings settings,
      long startMillis,
      RandomGenerator random) {
    if (writer.isBlank() || writer.length() > LONGEST_WRITER) {
      throw new IllegalArgumentException(
          "writer must have 1 to " + LONGEST_WRITER + " characters, was \"" + writer + '"');
    }
    this.writer = writer;
    this.signer = signer;
    this.settings = settings;
    this.startMillis = startMillis;
    this.chain =
        writer
            + '.'
            + Long.toString(startMillis, Character.MAX_RADIX)
            + '-'
            + Long.toString(random.nextLong() >>> 16, Character.MAX_RADIX);
  }

  /** The name of the chains: the writer, and which of its lives it is. */
  public String chain() {
    return chain;
  }

  /** How many records of a partition are committed. */
  public long position(int partition) {
    WrittenChain known = partition < chains.length ? chains[partition] : null;
    return known == null ? 0 : known.committed().records;
  }

  /**
   * Goes on where an earlier life of this writer ended; before anything of the partition is
   * appended. Bytes that are no intact record of this writer are not followed: the chain then
   * begins anew, and the verifier tells.
   *
   * @param lastRecord the last record of this writer in the partition
   * @return whether it is followed
   */
  public boolean resume(int partition, byte[] lastRecord) {
    if (partition < chains.length && chains[partition] != null) {
      throw new IllegalStateException("partition " + partition + " has records already");
    }
    AuditRecord record = new AuditRecordReader().read(lastRecord);
    if (record == null
        || !record.isIntact()
        || !record.writer().equals(writer)
        || record.partition() != partition) {
      return false;
    }
    begin(partition, record);
    return true;
  }

  /** Adds what was asked and answered to the chain of a partition; the record to write there. */
  public byte[] append(int partition, AuditEntry entry) {
    WrittenChain chain = open(partition, true);
    RecordBuffer to = buffer;
    to.field(AuditField.ID, entry.id());
    to.field(AuditField.TIME, entry.timeMillis());
    to.field(AuditField.RECEIVED, entry.receivedAtMillis());
    to.repeatedField(AuditField.SOURCE, entry.source());
    to.repeatedField(AuditField.CLIENT, entry.client());
    to.repeatedField(AuditField.TENANT, entry.tenant());
    to.field(AuditField.PRINCIPAL, entry.principal());
    to.field(AuditField.NEXT_PRINCIPAL, entry.nextPrincipal());
    to.field(AuditField.MODEL, entry.model());
    to.repeatedField(AuditField.VERSION, entry.version());
    to.repeatedField(AuditField.DIGEST, entry.digest());
    to.repeatedField(AuditField.OPERATION, entry.operation());
    to.repeatedField(AuditField.STATUS, entry.status());
    to.field(AuditField.INPUT_FINGERPRINT, entry.inputFingerprint());
    to.field(AuditField.OUTPUT_FINGERPRINT, entry.outputFingerprint());
    WrittenChain.Head head = chain.written();
    to.field(AuditField.PREVIOUS, head.hash);
    head.events++;
    head.sinceCheckpoint++;
    return seal(head);
  }

  /**
   * The checkpoints that are due, to be written in the transaction that is under way. Ask once in
   * every transaction, and every few seconds while there are none.
   */
  public List<Checkpoint> dueCheckpoints(long nowMillis) {
    return checkpoints(nowMillis, false);
  }

  /** Checkpoints that end all chains; nothing may be appended after them unless rolled back. */
  public List<Checkpoint> closingCheckpoints(long nowMillis) {
    return checkpoints(nowMillis, true);
  }

  private List<Checkpoint> checkpoints(long nowMillis, boolean closing) {
    List<Checkpoint> due = new ArrayList<>();
    for (int partition = 0; partition < chains.length; partition++) {
      WrittenChain known = chains[partition];
      if (known != null
          && known.written().records > 0
          && (closing || isDue(known.written(), nowMillis))) {
        due.add(new Checkpoint(partition, checkpoint(partition, nowMillis, closing)));
      }
    }
    return due;
  }

  private boolean isDue(WrittenChain.Head head, long nowMillis) {
    return head.sinceCheckpoint > 0
        && (head.sinceCheckpoint >= settings.records()
            || nowMillis - head.checkpointMillis >= settings.time().toMillis());
  }

  private byte[] checkpoint(int partition, long nowMillis, boolean closing) {
    WrittenChain.Head head = open(partition, false).written();
    buffer.field(AuditField.TIME, nowMillis);
    buffer.field(AuditField.EVENTS, head.events);
    if (closing) {
      buffer.raw(AuditField.LAST.opening());
      buffer.raw(TRUE);
    }
    buffer.field(AuditField.KEY, signer.publicKey().id());
    buffer.field(AuditField.PREVIOUS, head.hash);
    byte[] signature = signer.sign(buffer.copy());
    buffer.field(
        AuditField.SIGNATURE, Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    head.sinceCheckpoint = 0;
    head.checkpointMillis = nowMillis;
    return seal(head);
  }

  /** Begins a record in the buffer. */
  private WrittenChain open(int partition, boolean event) {
    WrittenChain known = partition < chains.length ? chains[partition] : null;
    WrittenChain chain = known == null ? begin(partition, null) : known;
    if (chain.touch()) {
      touched.add(chain);
    }
    buffer.clear();
    buffer.raw(chain.opening(event));
    buffer.number(chain.written().records);
    if (chain.written().records == 0) {
      buffer.field(AuditField.FOLLOWS, chain.follows());
    }
    return chain;
  }

  /** Ends the record in the buffer with its hash, and makes it the head. */
  private byte[] seal(WrittenChain.Head head) {
    buffer.digest(digest, head.hash);
    head.records++;
    buffer.field(AuditField.HASH, head.hash);
    buffer.raw(CLOSING_BRACE);
    return buffer.copy();
  }

  private WrittenChain begin(int partition, @Nullable AuditRecord followed) {
    if (partition >= chains.length) {
      chains = Arrays.copyOf(chains, Math.max(2 * chains.length, partition + 1));
    }
    WrittenChain begun = new WrittenChain(opening(partition), followed, startMillis);
    chains[partition] = begun;
    return begun;
  }

  private String opening(int partition) {
    RecordBuffer opening = new RecordBuffer();
    opening.field(AuditField.WRITER, writer);
    opening.field(AuditField.CHAIN, chain);
    opening.field(AuditField.PARTITION, partition);
    opening.raw(AuditField.SEQUENCE.opening());
    return new String(opening.copy(), StandardCharsets.UTF_8);
  }

  /** What was appended is in the topic. */
  public void commit() {
    for (WrittenChain chain : touched) {
      chain.commit();
    }
    touched.clear();
  }

  /** What was appended since the last commit is not in the topic. */
  public void rollback() {
    for (WrittenChain chain : touched) {
      chain.rollback();
    }
    touched.clear();
  }
}
