package io.inferwarden.app.intake;

import io.inferwarden.app.names.Topics;
import io.inferwarden.ingest.DeadLetter;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.collector.Admission;
import io.inferwarden.ingest.collector.Companion;
import io.inferwarden.ingest.collector.EventIntake;
import io.inferwarden.ingest.collector.EventLog;
import io.inferwarden.ingest.collector.PlacedRejection;
import io.inferwarden.ingest.collector.TooManyEventsException;
import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.JoiningSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads events from a topic that somebody else writes, in the format of a gateway, and leads them
 * through the door as if they had been sent over HTTP. A record is done once its events are safe;
 * after a crash the last ones are read again, and known again by their ids. What is no event leaves
 * a dead letter that names the record and holds nothing of it.
 */
final class TopicReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

  /** What is gathered before it is written: a part of what the log lets wait. */
  private static final long MOST_BYTES = 8L << 20;

  private static final int MOST_TRIES = 60;
  private static final String SEE_RECORD = "see the record itself; nothing of it is repeated here";

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final String topic;
  private final EventSource source;
  private final Client client;
  private final EventIntake intake;
  private final EventLog log;
  private final Clock clock;
  private final AtomicLong lettersWritten = new AtomicLong();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /**
   * A topic to read, from {@link #start} on.
   *
   * @param group of the consumers that share the work
   */
  TopicReader(
      Map<String, Object> connection,
      String group,
      String topic,
      boolean fromBeginning,
      EventSource source,
      Client client,
      EventIntake intake,
      EventLog log,
      Clock clock) {
    this(
        () -> consumer(connection, group, fromBeginning),
        topic,
        source,
        client,
        intake,
        log,
        clock);
  }

  TopicReader(
      Supplier<Consumer<byte[], byte[]>> consumers,
      String topic,
      EventSource source,
      Client client,
      EventIntake intake,
      EventLog log,
      Clock clock) {
    this.consumers = consumers;
    this.topic = topic;
    this.source = source;
    this.client = client;
    this.intake = intake;
    this.log = log;
    this.clock = clock;
    this.thread = new Thread(this::run, "read-" + topic);
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler(
        // The message may quote what was read.
        (where, error) -> LOG.error("{} is no longer read: {}", topic, error.getClass()));
  }

  private static Consumer<byte[], byte[]> consumer(
      Map<String, Object> connection, String group, boolean fromBeginning) {
    Map<String, Object> configuration = new HashMap<>(connection);
    configuration.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    configuration.put(
        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, fromBeginning ? "earliest" : "latest");
    configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return new KafkaConsumer<>(
        configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  void start() {
    thread.start();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  /** Dead letters that it has left since the start. */
  long lettersWritten() {
    return lettersWritten.get();
  }

  private void run() {
    while (closing.getCount() > 0) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        consumer.subscribe(List.of(topic));
        while (closing.getCount() > 0) {
          take(consumer);
        }
        release(Long.MAX_VALUE);
      } catch (WakeupException | InterruptException e) {
        LOG.debug("Interrupted", e);
        return;
      } catch (KafkaException | IllegalStateException e) {
        LOG.warn("{} cannot be read now; it is tried again", topic, e);
        awaitClosing();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void take(Consumer<byte[], byte[]> consumer) throws InterruptedException {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    Map<TopicPartition, OffsetAndMetadata> safe = new HashMap<>();
    Gathered gathered = new Gathered();
    boolean isSafe = true;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      admit(record, gathered);
      if (gathered.bytes() >= MOST_BYTES) {
        isSafe = isSafe(gathered);
        if (!isSafe) {
          break;
        }
        safe.putAll(gathered.next());
        gathered = new Gathered();
      }
    }
    if (isSafe && isSafe(gathered)) {
      safe.putAll(gathered.next());
    } else {
      goBack(consumer, records, safe);
    }
    if (!safe.isEmpty()) {
      consumer.commitSync(safe);
    }
    release(clock.millis());
  }

  /** What was admitted and is not safe is forgotten, and read again. */
  private static void goBack(
      Consumer<byte[], byte[]> consumer,
      ConsumerRecords<byte[], byte[]> records,
      Map<TopicPartition, OffsetAndMetadata> safe) {
    for (TopicPartition partition : records.partitions()) {
      OffsetAndMetadata next = safe.get(partition);
      consumer.seek(
          partition, next == null ? records.records(partition).get(0).offset() : next.offset());
    }
  }

  private void admit(ConsumerRecord<byte[], byte[]> record, Gathered into) {
    into.readUpTo(new TopicPartition(record.topic(), record.partition()), record.offset());
    byte[] value = record.value();
    if (value == null) {
      return;
    }
    String place = record.topic() + "/" + record.partition() + "/" + record.offset();
    try {
      Admission admission = intake.admit(source, payload(record, value), client);
      into.add(intake, admission);
      for (PlacedRejection rejection : admission.described()) {
        RejectedEvent why = rejection.rejection();
        into.add(log, letter(why.reason(), why.knownField(), place, value.length));
      }
    } catch (TooManyEventsException tooMany) {
      into.add(log, letter(RejectedEvent.Reason.TOO_LARGE, "", place, value.length));
    } catch (MalformedPayloadException malformed) {
      into.add(log, letter(RejectedEvent.Reason.NOT_JSON, "", place, value.length));
    } catch (RuntimeException | StackOverflowError failure) {
      // A defect must cost one record, never the topic. The message may quote what was read.
      StackTraceElement[] trace = failure.getStackTrace();
      LOG.error(
          "{} could not be read: {} at {}",
          place,
          failure.getClass().getName(),
          trace.length == 0 ? "an unknown place" : trace[0]);
      into.add(log, letter(RejectedEvent.Reason.NOT_JSON, "", place, value.length));
    }
  }

  private Companion letter(RejectedEvent.Reason reason, String field, String place, int bytes) {
    byte[] json =
        new DeadLetter(reason.code(), field, SEE_RECORD, place, clock.millis(), "", false, bytes)
            .toJson();
    return new Companion(Topics.DEAD_LETTER_EVENTS, place, json);
  }

  private Payload payload(ConsumerRecord<byte[], byte[]> record, byte[] value) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : record.headers()) {
      if (header.value() != null) {
        // CloudEvents over Kafka says ce_id where CloudEvents over HTTP says ce-id.
        String name = header.key().toLowerCase(Locale.ROOT);
        headers.put(
            name.startsWith("ce_") ? name.replace('_', '-') : name,
            new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    String type = headers.getOrDefault("content-type", "application/json");
    int parameters = type.indexOf(';');
    String media = (parameters < 0 ? type : type.substring(0, parameters)).strip();
    return new Payload(value, media.toLowerCase(Locale.ROOT), headers, clock.millis());
  }

  private void release(long untilMillis) throws InterruptedException {
    if (source instanceof JoiningSource joining && joining.held() > 0) {
      Admission released = intake.release(joining, client, untilMillis, clock.millis());
      Gathered alone = new Gathered();
      alone.add(intake, released);
      if (!isSafe(alone)) {
        LOG.warn(
            "{} halves of inferences of {} were lost, since Kafka did not take them",
            released.admitted().size(),
            topic);
      }
    }
  }

  /** Tries for a while, which is shorter than the group waits for its members. */
  private boolean isSafe(Gathered gathered) throws InterruptedException {
    boolean isSafe = append(gathered);
    lettersWritten.addAndGet(gathered.lettersWritten());
    return isSafe;
  }

  private boolean append(Gathered gathered) throws InterruptedException {
    boolean isSafe = gathered.append(true);
    for (int tries = 1; !isSafe && tries < MOST_TRIES && closing.getCount() > 0; tries++) {
      if (tries == 1) {
        LOG.warn("Events of {} are not safe yet; it is tried again", topic);
      }
      awaitClosing();
      isSafe = gathered.append(false);
    }
    return isSafe;
  }

  private void awaitClosing() {
    try {
      if (closing.await(BEFORE_NEXT_TRY.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.debug("Closed while waiting for {}", topic);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing.countDown();
    }
  }

  /** Ends after the records that it has read; to be called before the log is closed. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join(LONGEST_CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      LOG.error("{} is still being read after {} s", topic, LONGEST_CLOSE.toSeconds());
    }
  }
}
