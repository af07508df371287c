package io.inferwarden.alerting.delivery;

import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a dead letter until it is written: giving up would lose an incident, and going on without
 * it would hide that. Ends only with success or an interrupt, after which nothing is committed.
 */
final class DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

  private final DeadLetterWriter writer;
  private final Pause pause;
  private final AlertingMetrics metrics;

  DeadLetters(DeadLetterWriter writer, Pause pause, AlertingMetrics metrics) {
    this.writer = writer;
    this.pause = pause;
    this.metrics = metrics;
  }

  void write(DeadLetter deadLetter) throws InterruptedException {
    while (!isWritten(deadLetter)) {
      pause.pause(PAUSE_AFTER_FAILURE);
    }
  }

  private boolean isWritten(DeadLetter deadLetter) throws InterruptedException {
    try {
      writer.write(deadLetter);
      return true;
    } catch (IOException e) {
      metrics.countDeadLetterFailure();
      LOG.error("Dead letter {} could not be written, trying again", deadLetter.key(), e);
      return false;
    }
  }
}
