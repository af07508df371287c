package io.inferwarden.ingest.collector.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.ingest.audit.AuditLines;
import io.inferwarden.ingest.collector.AdmittedEvent;
import io.inferwarden.ingest.collector.Companion;
import io.inferwarden.ingest.door.KeptText;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches, each call in one transaction: events, the records of their audit in the partition
 * of the same number, kept texts, companions, and how far this writer has come. One thread uses it.
 */
final class TransactionWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TransactionWriter.class);
  private static final int ABORT_TRIES = 3;

  /** Of records in one message; below a batch of the producer, and far below what a topic takes. */
  private static final int AUDIT_BYTES = 128 * 1024;

  private final KafkaLogSettings settings;
  private final LogTopics topics;
  private final AuditTrail audit;
  private final LogMetrics metrics;
  private final LongSupplier nanos;

  /** Records of the transaction under way that are not sent yet, by partition. */
  private final Map<Integer, AuditLines> audited = new HashMap<>();

  private @Nullable KafkaProducer<byte[], byte[]> producer;
  private @Nullable ConsumerGroupMetadata group;
  private boolean isPrepared;
  private boolean isInitialised;
  private boolean isCommitAsked;
  private SpoolPosition position = SpoolPosition.NONE;
  private volatile boolean isOpen;
  private volatile String trouble = "it has not been reached yet";

  TransactionWriter(
      KafkaLogSettings settings, AuditTrail audit, LogMetrics metrics, LongSupplier nanos) {
    this.settings = settings;
    this.topics = settings.topics();
    this.audit = audit;
    this.metrics = metrics;
    this.nanos = nanos;
  }

  /** Whether {@link #write} may be called. Any thread may ask. */
  boolean isOpen() {
    return isOpen;
  }

  /** What was wrong last. Any thread may ask. */
  String trouble() {
    return trouble;
  }

  /** How far the spool has come, by what is committed. */
  SpoolPosition position() {
    return position;
  }

  /**
   * Tries once, for some seconds at most, to become the one writer of its name: from then on no
   * other can commit, and what another left open is aborted.
   *
   * @return whether it may write
   */
  boolean open() {
    try {
      if (!isPrepared) {
        settings.preparation().run();
        isPrepared = true;
      }
      KafkaProducer<byte[], byte[]> opening = producer;
      if (opening == null) {
        opening =
            new KafkaProducer<>(
                settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
        producer = opening;
      }
      if (!isInitialised) {
        opening.initTransactions();
        isInitialised = true;
      }
      takeUp(partitions(opening));
      isOpen = true;
    } catch (TimeoutException e) {
      trouble = reason(e);
    } catch (RuntimeException e) {
      trouble = reason(e);
      drop();
    }
    return isOpen;
  }

  /** Goes on where the last committed transaction of this writer ended. */
  private void takeUp(int partitions) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            settings.consumer(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      group = consumer.groupMetadata();
      WriterPlace place = WriterPlace.read(consumer, topics, partitions, audit != AuditTrail.NONE);
      position = place.spool();
      audit.restore(place.heads());
    }
  }

  /**
   * Writes all or nothing. Without batches it still asks Kafka for a commit, so it tells whether
   * Kafka takes any.
   *
   * @param next how far the spool has come with these batches
   * @param closing whether it is the last: it ends the chains of the audit
   * @param giveUpNanos when to stop waiting for an answer, by the clock of this writer
   */
  TransactionOutcome write(
      List<LogBatch> batches, SpoolPosition next, boolean closing, long giveUpNanos) {
    KafkaProducer<byte[], byte[]> open = producer;
    ConsumerGroupMetadata ownGroup = group;
    if (!isOpen || open == null || ownGroup == null) {
      return TransactionOutcome.ABORTED;
    }
    long begun = nanos.getAsLong();
    isCommitAsked = false;
    TransactionOutcome outcome;
    try {
      send(open, batches, closing);
      open.sendOffsetsToTransaction(
          new WriterPlace(audit.heads(), next).toOffsets(topics), ownGroup);
      commit(open, giveUpNanos);
      audit.commit();
      position = next;
      outcome = TransactionOutcome.COMMITTED;
      metrics.committed(batches.stream().mapToInt(LogBatch::size).sum(), nanos.getAsLong() - begun);
      metrics.chainPositions(audit.positions());
    } catch (RuntimeException e) {
      outcome = giveUp(open, e);
    }
    metrics.transaction(outcome);
    return outcome;
  }

  private void send(KafkaProducer<byte[], byte[]> open, List<LogBatch> batches, boolean closing) {
    int partitions = partitions(open);
    open.beginTransaction();
    audited.clear();
    for (LogBatch batch : batches) {
      for (AdmittedEvent event : batch.events()) {
        send(open, event, partitions);
      }
      for (Companion companion : batch.companions()) {
        send(
            open,
            new ProducerRecord<>(
                companion.topic(), companion.key().getBytes(UTF_8), companion.json()));
      }
    }
    audit.checkpoints(closing).forEach((partition, record) -> audited(open, partition, record));
    audited.forEach((partition, lines) -> sendAudit(open, partition, lines));
  }

  private void send(KafkaProducer<byte[], byte[]> open, AdmittedEvent event, int partitions) {
    byte[] key = event.principal().getBytes(UTF_8);
    // as the default partitioner does, so that other producers of events agree
    int partition = Utils.toPositive(Utils.murmur2(key)) % partitions;
    send(open, new ProducerRecord<>(topics.events(), partition, key, event.event()));
    byte[] record = audit.append(partition, event.audit());
    if (record != null) {
      audited(open, partition, record);
    }
    KeptText text = event.keptText();
    if (text != null) {
      send(open, new ProducerRecord<>(topics.text(), key, KeptTextJson.toJson(text)));
    }
  }

  private void audited(KafkaProducer<byte[], byte[]> open, int partition, byte[] record) {
    AuditLines lines = audited.computeIfAbsent(partition, unused -> new AuditLines());
    lines.add(record);
    if (lines.size() >= AUDIT_BYTES) {
      sendAudit(open, partition, lines);
    }
  }

  private void sendAudit(KafkaProducer<byte[], byte[]> open, int partition, AuditLines lines) {
    if (lines.size() > 0) {
      send(open, new ProducerRecord<>(topics.audit(), partition, null, lines.take()));
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> open, ProducerRecord<byte[], byte[]> record) {
    // the commit throws when any record failed
    Future<RecordMetadata> unused = open.send(record);
  }

  /** The audit of a partition is checked against the events of that partition. */
  private int partitions(KafkaProducer<byte[], byte[]> open) {
    int events = open.partitionsFor(topics.events()).size();
    if (audit != AuditTrail.NONE) {
      int audits = open.partitionsFor(topics.audit()).size();
      if (audits != events) {
        throw new KafkaException(
            topics.audit()
                + " must have as many partitions as "
                + topics.events()
                + " ("
                + events
                + "), has "
                + audits);
      }
    }
    return events;
  }

  private void commit(KafkaProducer<byte[], byte[]> open, long giveUpNanos) {
    isCommitAsked = true;
    while (true) {
      try {
        open.commitTransaction();
        return;
      } catch (TimeoutException e) {
        trouble = reason(e);
        if (nanos.getAsLong() - giveUpNanos >= 0) {
          throw e;
        }
      }
    }
  }

  private TransactionOutcome giveUp(KafkaProducer<byte[], byte[]> open, RuntimeException cause) {
    trouble = reason(cause);
    LOG.warn("A transaction of {} failed: {}", settings.writerId(), trouble);
    boolean isAborted = hasAborted(open);
    if (isAborted) {
      audit.rollback();
    } else {
      drop();
    }
    if (!isAborted && isCommitAsked) {
      return TransactionOutcome.UNKNOWN;
    }
    return isTooLarge(cause) ? TransactionOutcome.TOO_LARGE : TransactionOutcome.ABORTED;
  }

  private static boolean hasAborted(KafkaProducer<byte[], byte[]> open) {
    for (int i = 0; i < ABORT_TRIES; i++) {
      try {
        open.abortTransaction();
        return true;
      } catch (TimeoutException e) {
        LOG.debug("an abort takes long", e);
      } catch (RuntimeException e) {
        LOG.debug("an abort is not possible", e);
        return false;
      }
    }
    return false;
  }

  private static boolean isTooLarge(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof RecordTooLargeException) {
        return true;
      }
    }
    return false;
  }

  /** What Kafka says of it: sizes, topics and nodes, never what is in a record. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }

  /** The next {@link #open} begins with a new producer, and aborts what this one left. */
  private void drop() {
    isOpen = false;
    isInitialised = false;
    KafkaProducer<byte[], byte[]> dropped = producer;
    producer = null;
    if (dropped != null) {
      dropped.close(Duration.ZERO);
    }
  }

  @Override
  public void close() {
    drop();
  }
}
