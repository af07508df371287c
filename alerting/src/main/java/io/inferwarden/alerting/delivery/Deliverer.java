package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers incidents to one sink: with retries, and with a dead letter where they did not help.
 * Conservation: every incident received is delivered, suppressed, dead-lettered or interrupted, and
 * counted as exactly one of them.
 */
public final class Deliverer {
  private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);
  private static final int ERROR_CHARACTERS = 500;

  private final IncidentSink sink;
  private final RetrySchedule schedule;
  private final Pause pause;
  private final DeadLetters deadLetters;
  private final AlertingMetrics metrics;

  public Deliverer(
      IncidentSink sink,
      RetrySchedule schedule,
      Pause pause,
      DeadLetterWriter deadLetterWriter,
      AlertingMetrics metrics) {
    this.sink = sink;
    this.schedule = schedule;
    this.pause = pause;
    this.deadLetters = new DeadLetters(deadLetterWriter, pause, metrics);
    this.metrics = metrics;
    metrics.watch(sink.name());
  }

  /** The name of the sink. */
  public String sinkName() {
    return sink.name();
  }

  /**
   * Returns when the incident needs no more work: never {@link Outcome#INTERRUPTED}, which is
   * counted and thrown on as InterruptedException.
   */
  public Outcome deliver(Incident incident) throws InterruptedException {
    metrics.countReceived(sink.name());
    Outcome outcome = Outcome.INTERRUPTED;
    try {
      outcome = sink.isEnabled() ? attempt(incident) : Outcome.SUPPRESSED;
    } finally {
      metrics.countOutcome(sink.name(), outcome);
      metrics.setEnabled(sink.name(), sink.isEnabled());
    }
    return outcome;
  }

  private Outcome attempt(Incident incident) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Optional<DeliveryException> failure = attemptOnce(incident);
      if (failure.isEmpty()) {
        return Outcome.DELIVERED;
      }
      DeliveryException reason = failure.get();
      metrics.countFailedAttempt(sink.name(), reason.isRetryable());
      if (!reason.isRetryable() || attempt >= schedule.attempts()) {
        return deadLetter(incident, reason, attempt);
      }
      pause.pause(schedule.delayAfter(attempt, reason.retryAfter()));
    }
  }

  /** A fault in a sink must cost its incident, not the delivery to all others. */
  private Optional<DeliveryException> attemptOnce(Incident incident) throws InterruptedException {
    try {
      sink.deliver(Notification.ofChange(incident, sink.name(), "", 0));
      return Optional.empty();
    } catch (DeliveryException e) {
      return Optional.of(e);
    } catch (RuntimeException e) {
      LOG.error("Sink {} failed unexpectedly on {}", sink.name(), incident.id(), e);
      return Optional.of(DeliveryException.permanent("fault in the sink: " + e));
    }
  }

  private Outcome deadLetter(Incident incident, DeliveryException reason, int attempts)
      throws InterruptedException {
    String error = String.valueOf(reason.getMessage());
    LOG.warn(
        "Sink {} did not take {} revision {} in {} attempts: {}",
        sink.name(),
        incident.id(),
        incident.revision(),
        attempts,
        error);
    String shortError = error.substring(0, Math.min(error.length(), ERROR_CHARACTERS));
    deadLetters.write(new DeadLetter.Undelivered(sink.name(), shortError, attempts, incident));
    return Outcome.DEAD_LETTERED;
  }
}
