package io.inferwarden.app.health;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Judges whether the delivery of incidents is alive and ready, from its worker threads and from
 * whether Kafka answers.
 *
 * <p>It is dead when a worker has ended, since workers end only when they are told to; it is ready
 * while Kafka answers, give or take {@link #SILENCE_GRACE}. A receiver that takes nothing ends
 * neither: its notifications wait.
 *
 * <p>Thread-safe; reads no clock.
 */
public final class WorkersHealth {
  static final Duration SILENCE_GRACE = Duration.ofSeconds(30);

  private boolean hasAnswered;
  private long lastAnswerNanos;

  /** Kafka has answered. */
  public synchronized void answered(long nowNanos) {
    hasAnswered = true;
    lastAnswerNanos = nowNanos;
  }

  /**
   * How it is now.
   *
   * @param workers all there should be, TERMINATED where they are over
   * @param nowNanos of the clock that {@link #answered} is told
   */
  public synchronized HealthReport report(List<WorkerThread> workers, long nowNanos) {
    Optional<String> ended =
        workers.stream()
            .filter(worker -> worker.state().equals(Thread.State.TERMINATED.name()))
            .findFirst()
            .map(worker -> worker.name() + " has ended");
    Optional<String> why = ended.isPresent() ? ended : whySilent(nowNanos);
    return new HealthReport(
        ended.isPresent() ? "STOPPED" : hasAnswered ? "RUNNING" : "STARTING",
        ended.isEmpty(),
        why.isEmpty(),
        hasAnswered,
        OptionalLong.empty(),
        0,
        workers,
        why);
  }

  private Optional<String> whySilent(long nowNanos) {
    if (!hasAnswered) {
      return Optional.of("Kafka has not answered yet");
    }
    long silentNanos = nowNanos - lastAnswerNanos;
    return silentNanos < SILENCE_GRACE.toNanos()
        ? Optional.empty()
        : Optional.of(
            "Kafka does not answer for " + Duration.ofNanos(silentNanos).toSeconds() + " s");
  }
}
