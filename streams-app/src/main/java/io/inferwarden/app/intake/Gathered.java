package io.inferwarden.app.intake;

import io.inferwarden.ingest.collector.Admission;
import io.inferwarden.ingest.collector.Companion;
import io.inferwarden.ingest.collector.EventIntake;
import io.inferwarden.ingest.collector.EventLog;
import io.inferwarden.ingest.collector.UnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What some records of a topic have become, on its way into the log. What the log does not take is
 * appended again, and only that, so that nothing is written twice because of its neighbours.
 */
final class Gathered {
  private static final Logger LOG = LoggerFactory.getLogger(Gathered.class);

  private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
  private List<Part> left = new ArrayList<>();
  private long bytes;
  private int lettersWritten;

  /** What is appended, and how that is tried again. */
  private record Part(
      Supplier<CompletableFuture<Void>> first,
      Supplier<CompletableFuture<Void>> again,
      boolean isLetter) {}

  void add(EventIntake intake, Admission admission) {
    left.add(new Part(() -> intake.append(admission), () -> intake.appendAgain(admission), false));
    bytes += admission.bytes();
  }

  void add(EventLog log, Companion letter) {
    left.add(new Part(() -> log.append(letter), () -> log.append(letter), true));
    bytes += letter.json().length;
  }

  /** Dead letters that are in the log by now. */
  int lettersWritten() {
    return lettersWritten;
  }

  /** A record has become a part of this, or nothing. */
  void readUpTo(TopicPartition partition, long offset) {
    next.put(partition, new OffsetAndMetadata(offset + 1));
  }

  /** Where the records go on behind this. */
  Map<TopicPartition, OffsetAndMetadata> next() {
    return next;
  }

  /** About what it takes in memory. */
  long bytes() {
    return bytes;
  }

  /**
   * Appends what is not in the log yet; true when all is.
   *
   * @param isFirst whether nothing of it was appended before
   */
  boolean append(boolean isFirst) throws InterruptedException {
    List<CompletableFuture<Void>> appending = new ArrayList<>();
    for (Part part : left) {
      appending.add((isFirst ? part.first() : part.again()).get());
    }
    List<Part> refused = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      try {
        appending.get(i).get();
        lettersWritten += left.get(i).isLetter() ? 1 : 0;
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UnavailableException) {
          refused.add(left.get(i));
        } else {
          // It would be refused for ever; the message may quote what was read.
          Throwable cause = e.getCause();
          LOG.error("Events of a record were lost: {}", (cause == null ? e : cause).getClass());
        }
      }
    }
    left = refused;
    return left.isEmpty();
  }
}
