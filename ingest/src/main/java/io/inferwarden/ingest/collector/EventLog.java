package io.inferwarden.ingest.collector;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where events are safe: Kafka, or a spool in front of it. A future that completes is an
 * acknowledgement: nothing of the batch is lost whatever happens then. Thread-safe.
 */
public interface EventLog extends AutoCloseable {
  /**
   * Takes the events of one request, all or none.
   *
   * @return fails with {@link UnavailableException}
   */
  CompletableFuture<Void> append(List<AdmittedEvent> events);

  /**
   * Takes one companion.
   *
   * @return fails with {@link UnavailableException}
   */
  CompletableFuture<Void> append(Companion companion);

  /** Whether it takes events now; when not, {@link #describe} says why. */
  boolean isTaking();

  /** How it is, in one line for an operator. */
  String describe();

  /** Takes nothing more, completes what it has taken, and lets go. */
  @Override
  void close();
}
