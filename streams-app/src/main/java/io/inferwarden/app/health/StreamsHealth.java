package io.inferwarden.app.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges whether detection is alive, ready and started, from its state, its threads, its position
 * in the log and the progress of a restore.
 *
 * <p>It is dead when Kafka Streams has stopped, or when for {@code stuckAfter} there was something
 * to do and nothing moved: a partition with records to be read whose position stands, a thread that
 * does not come back to ask for more, a restore that restores nothing, policies and baselines that
 * are not read to their end. Time in which Kafka does not answer is not counted, since a restart
 * would not help. A rebalance alone is no death.
 *
 * <p>It is ready while it runs and fewer than {@code readyLag} records wait. A rebalance of less
 * than {@link #REBALANCE_GRACE} does not end that, so that the restart of one instance does not
 * take its peers out of service; nor does a silence of Kafka as short.
 *
 * <p>Thread-safe; reads no clock: times are nanoseconds of the caller's.
 */
public final class StreamsHealth {
  static final Duration REBALANCE_GRACE = Duration.ofSeconds(30);
  private static final long GRACE_NANOS = REBALANCE_GRACE.toNanos();

  private final long stuckAfterNanos;
  private final long readyLag;
  private final InputProgress input = new InputProgress();
  private final RestoreProgress restore;
  private EngineState state = EngineState.CREATED;
  private EngineState before = EngineState.CREATED;
  private long stateSinceNanos;
  private boolean hasRun;
  private long answersSinceNanos;
  private long silentSinceNanos;
  private boolean isKafkaSilent;
  private boolean isReadingShared;
  private long readingSharedSinceNanos;

  /**
   * @param stuckAfter how long nothing may move while there is something to do
   * @param readyLag how many records must not wait
   * @param restore how far the restore has come
   * @param nowNanos when it begins
   */
  public StreamsHealth(Duration stuckAfter, long readyLag, RestoreProgress restore, long nowNanos) {
    this.stuckAfterNanos = stuckAfter.toNanos();
    this.readyLag = readyLag;
    this.restore = restore;
    this.stateSinceNanos = nowNanos;
    this.answersSinceNanos = nowNanos;
  }

  /** Kafka Streams has come into another state. */
  public synchronized void enter(EngineState entered, long nowNanos) {
    before = state;
    state = entered;
    stateSinceNanos = nowNanos;
    hasRun |= entered == EngineState.RUNNING;
  }

  /**
   * What all instances share, policies and baselines, is read from its first record to its last:
   * before that no thread begins.
   */
  public synchronized void readsShared(long nowNanos) {
    isReadingShared = true;
    readingSharedSinceNanos = nowNanos;
  }

  /** It has been read, and the threads have begun. */
  public synchronized void hasReadShared() {
    isReadingShared = false;
  }

  /** Kafka has said where the assigned partitions are. */
  public synchronized void look(List<PartitionPosition> positions, long nowNanos) {
    if (isKafkaSilent) {
      isKafkaSilent = false;
      answersSinceNanos = nowNanos;
    }
    input.look(positions, nowNanos);
  }

  /** Kafka has not answered. */
  public synchronized void miss(long nowNanos) {
    if (!isKafkaSilent) {
      isKafkaSilent = true;
      silentSinceNanos = nowNanos;
    }
    input.miss(nowNanos);
  }

  /** Records that wait to be judged here, by topic. */
  public synchronized Map<String, Long> lagByTopic() {
    return input.lagByTopic();
  }

  /** For how long nothing has moved while there was something to do; 0 while there is nothing. */
  public synchronized double progressAgeSeconds(List<WorkerThread> threads, long nowNanos) {
    double seconds =
        Math.max(
            input.stillest(nowNanos).map(InputProgress.Stillness::nanos).orElse(0L),
            restore.left(nowNanos).stillNanos());
    seconds /= 1e9;
    for (WorkerThread thread : threads) {
      seconds = Math.max(seconds, thread.secondsSincePoll());
    }
    return seconds;
  }

  /** How it is now. */
  public synchronized HealthReport report(List<WorkerThread> threads, long nowNanos) {
    Optional<String> dead = whyNotAlive(threads, nowNanos);
    Optional<String> unready = dead.isPresent() ? dead : whyNotReady(nowNanos);
    OptionalLong lag = input.lag();
    return new HealthReport(
        state.name(),
        dead.isEmpty(),
        unready.isEmpty(),
        hasRun,
        lag,
        restore.left(nowNanos).records(),
        threads,
        unready);
  }

  private Optional<String> whyNotAlive(List<WorkerThread> threads, long nowNanos) {
    if (state.isOver()) {
      return Optional.of("Kafka Streams is " + state);
    }
    if (isKafkaSilent) {
      return Optional.empty();
    }
    long mostNanos = nowNanos - answersSinceNanos;
    long readingNanos = nowNanos - readingSharedSinceNanos;
    if (isReadingShared && Math.min(readingNanos, mostNanos) >= stuckAfterNanos) {
      return Optional.of("policies and baselines are not read yet after " + words(readingNanos));
    }
    RestoreProgress.Left left = restore.left(nowNanos);
    if (Math.min(left.stillNanos(), mostNanos) >= stuckAfterNanos) {
      return Optional.of(
          left.records()
              + " records are to be restored, and none was for "
              + words(left.stillNanos()));
    }
    for (WorkerThread thread : threads) {
      double nanos = Math.min(thread.secondsSincePoll() * 1e9, (double) mostNanos);
      if (nanos >= stuckAfterNanos) {
        return Optional.of(
            thread.name()
                + " has asked for no records for "
                + words((long) nanos)
                + ": it is stuck");
      }
    }
    return input
        .stillest(nowNanos)
        .filter(still -> still.nanos() >= stuckAfterNanos)
        .map(
            still ->
                still.lag()
                    + " records of "
                    + still.partition()
                    + " wait, and none was read for "
                    + words(still.nanos()));
  }

  private Optional<String> whyNotReady(long nowNanos) {
    if (isReadingShared) {
      return Optional.of("policies and baselines are being read");
    }
    boolean isShortRebalance =
        state == EngineState.REBALANCING
            && before == EngineState.RUNNING
            && nowNanos - stateSinceNanos < GRACE_NANOS;
    if (state != EngineState.RUNNING && !isShortRebalance) {
      return Optional.of("Kafka Streams is " + state);
    }
    if (isKafkaSilent && nowNanos - silentSinceNanos >= GRACE_NANOS) {
      return Optional.of("Kafka does not answer for " + words(nowNanos - silentSinceNanos));
    }
    OptionalLong lag = input.lag();
    if (lag.isEmpty()) {
      return Optional.of("it is not known yet how many records wait");
    }
    return lag.getAsLong() < readyLag
        ? Optional.empty()
        : Optional.of(lag.getAsLong() + " records wait; ready is fewer than " + readyLag);
  }

  private static String words(long nanos) {
    return Duration.ofNanos(nanos).toSeconds() + " s";
  }
}
