package io.inferwarden.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DelivererTest {
  private static final Incident INCIDENT = Examples.incident("principal:k9", 1);

  private final CollectorRegistry registry = new CollectorRegistry();
  private final List<Duration> pauses = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();

  @Test
  void aHealthySinkGetsTheIncidentAtOnce() throws Exception {
    FakeSink sink = new FakeSink("siem", attempt -> {});

    assertThat(deliverer(sink).deliver(INCIDENT)).isEqualTo(Outcome.DELIVERED);

    assertThat(sink.taken).containsExactly(INCIDENT);
    assertThat(pauses).isEmpty();
    assertConserved(1, 1, 0, 0, 0);
  }

  @Test
  void aPassingFailureIsRetriedAfterAPause() throws Exception {
    FakeSink sink =
        new FakeSink(
            "siem",
            attempt -> {
              if (attempt < 3) {
                throw DeliveryException.retryableAfter(
                    "HTTP 503", Duration.ofSeconds(9L * attempt));
              }
            });

    assertThat(deliverer(sink).deliver(INCIDENT)).isEqualTo(Outcome.DELIVERED);

    assertThat(pauses).containsExactly(Duration.ofSeconds(9), Duration.ofSeconds(18));
    assertThat(failedAttempts("true")).isEqualTo(2);
    assertConserved(1, 1, 0, 0, 0);
  }

  @Test
  void exhaustedRetriesBecomeADeadLetter() throws Exception {
    FakeSink sink = failing(DeliveryException.retryable("HTTP 500"));

    assertThat(deliverer(sink).deliver(INCIDENT)).isEqualTo(Outcome.DEAD_LETTERED);

    assertThat(sink.attempts()).isEqualTo(4);
    assertThat(pauses).hasSize(3);
    assertThat(deadLetters)
        .containsExactly(new DeadLetter.Undelivered("siem", "HTTP 500", 4, INCIDENT));
    assertConserved(1, 0, 0, 1, 0);
  }

  @Test
  void aRefusalIsNotRetried() throws Exception {
    FakeSink sink = failing(DeliveryException.permanent("x".repeat(9_000)));

    assertThat(deliverer(sink).deliver(INCIDENT)).isEqualTo(Outcome.DEAD_LETTERED);

    assertThat(deadLetters)
        .containsExactly(new DeadLetter.Undelivered("siem", "x".repeat(500), 1, INCIDENT));
    assertThat(failedAttempts("false")).isEqualTo(1);
  }

  @Test
  void aFaultInASinkCostsOnlyItsIncident() throws Exception {
    FakeSink sink =
        new FakeSink(
            "siem",
            attempt -> {
              throw new IllegalStateException("bug");
            });

    assertThat(deliverer(sink).deliver(INCIDENT)).isEqualTo(Outcome.DEAD_LETTERED);

    assertThat(deadLetters).hasSize(1);
    assertThat(new String(deadLetters.get(0).toJson(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"reason\":\"undelivered\",\"sink\":\"siem\"")
        .contains("fault in the sink: java.lang.IllegalStateException: bug")
        .contains("\"incident\":{\"schemaVersion\":1,\"id\":\"" + INCIDENT.id());
  }

  @Test
  void aDisabledSinkIsSpared() throws Exception {
    FakeSink sink = new FakeSink("siem", attempt -> {});
    Deliverer deliverer = deliverer(sink);
    sink.enabled = false;

    assertThat(deliverer.deliver(INCIDENT)).isEqualTo(Outcome.SUPPRESSED);

    assertThat(sink.taken).isEmpty();
    assertThat(
            registry.getSampleValue(
                "inferwarden_notification_sink_enabled",
                new String[] {"sink"},
                new String[] {"siem"}))
        .isZero();
    assertConserved(1, 0, 1, 0, 0);
  }

  @Test
  void aDeadLetterThatCannotBeWrittenIsTriedUntilItCan() throws Exception {
    FakeSink sink = failing(DeliveryException.permanent("HTTP 400"));
    int[] writes = {0};
    DeadLetterWriter flaky =
        deadLetter -> {
          writes[0]++;
          if (writes[0] < 4) {
            throw new IOException("no broker");
          }
          deadLetters.add(deadLetter);
        };

    assertThat(deliverer(sink, pauses::add, flaky).deliver(INCIDENT))
        .isEqualTo(Outcome.DEAD_LETTERED);

    assertThat(deadLetters).hasSize(1);
    assertThat(registry.getSampleValue("inferwarden_dead_letter_write_failures_total"))
        .isEqualTo(3);
  }

  @Test
  void anInterruptWhileWaitingIsToldAndCounted() {
    FakeSink sink = failing(DeliveryException.retryable("HTTP 500"));
    Pause interrupted =
        duration -> {
          throw new InterruptedException();
        };

    assertThatThrownBy(() -> deliverer(sink, interrupted, deadLetters::add).deliver(INCIDENT))
        .isInstanceOf(InterruptedException.class);

    assertThat(deadLetters).isEmpty();
    assertConserved(1, 0, 0, 0, 1);
  }

  @Test
  void whateverASinkDoesEveryIncidentIsCountedOnce() throws Exception {
    Random random = new Random(20260302);
    FakeSink sink =
        new FakeSink(
            "siem",
            attempt -> {
              switch (random.nextInt(5)) {
                case 0 -> throw DeliveryException.permanent("HTTP 400");
                case 1, 2 -> throw DeliveryException.retryable("HTTP 503");
                case 3 -> throw new IllegalStateException("bug");
                default -> {}
              }
            });
    Deliverer deliverer = deliverer(sink);

    for (int i = 0; i < 1_000; i++) {
      sink.enabled = random.nextInt(10) > 0;
      deliverer.deliver(INCIDENT);
    }

    assertThat(outcome(Outcome.DELIVERED)).isEqualTo(sink.taken.size()).isPositive();
    assertThat(outcome(Outcome.DEAD_LETTERED)).isEqualTo(deadLetters.size()).isPositive();
    assertThat(outcome(Outcome.SUPPRESSED)).isPositive();
    assertThat(
            outcome(Outcome.DELIVERED)
                + outcome(Outcome.SUPPRESSED)
                + outcome(Outcome.DEAD_LETTERED))
        .isEqualTo(1_000);
  }

  private Deliverer deliverer(FakeSink sink) {
    return deliverer(sink, pauses::add, deadLetters::add);
  }

  private Deliverer deliverer(FakeSink sink, Pause pause, DeadLetterWriter writer) {
    RetrySchedule schedule =
        new RetrySchedule(4, Duration.ofMillis(100), Duration.ofSeconds(1), new Random(7));
    return new Deliverer(sink, schedule, pause, writer, new AlertingMetrics(registry));
  }

  private static FakeSink failing(DeliveryException failure) {
    return new FakeSink(
        "siem",
        attempt -> {
          throw failure;
        });
  }

  private void assertConserved(
      int received, int delivered, int suppressed, int deadLettered, int interrupted) {
    assertThat(
            registry.getSampleValue(
                "inferwarden_notifications_received_total",
                new String[] {"sink"},
                new String[] {"siem"}))
        .isEqualTo(received);
    assertThat(outcome(Outcome.DELIVERED)).isEqualTo(delivered);
    assertThat(outcome(Outcome.SUPPRESSED)).isEqualTo(suppressed);
    assertThat(outcome(Outcome.DEAD_LETTERED)).isEqualTo(deadLettered);
    assertThat(outcome(Outcome.INTERRUPTED)).isEqualTo(interrupted);
  }

  private double outcome(Outcome outcome) {
    return registry.getSampleValue(
        "inferwarden_notifications_total",
        new String[] {"sink", "outcome"},
        new String[] {"siem", outcome.code()});
  }

  private double failedAttempts(String retryable) {
    return registry.getSampleValue(
        "inferwarden_notification_attempts_failed_total",
        new String[] {"sink", "retryable"},
        new String[] {"siem", retryable});
  }
}
