package io.inferwarden.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What people get over hours and in storms, on a clock that is only simulated. */
class SimulatedDeliveryTest {
  private static final long START = 1_780_000_000_000L;
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private static final List<Severity> MILD =
      List.of(Severity.INFO, Severity.LOW, Severity.MEDIUM, Severity.HIGH);

  private final SimulatedTime time = new SimulatedTime(START);

  @Test
  void aReceiverThatIsDownForAnHourDelaysNobodyElseAndThenGetsWhatItMissedAtItsRate() {
    long downFrom = START + 10 * MINUTE;
    long downUntil = START + 70 * MINUTE;
    DeliverySettings limited =
        DeliverySettings.latest().withRate(new DeliverySettings.Rate(30, A_MINUTE));
    SimulatedSink healthy = new SimulatedSink(time, limited, 100, (what, now) -> null);
    SimulatedSink down =
        new SimulatedSink(
            time,
            limited,
            100,
            (what, now) ->
                now >= downFrom && now < downUntil
                    ? DeliveryException.retryable("connection refused")
                    : null);
    int notifications = 0;
    for (int i = 0; i < 500; i++) {
      int number = i;
      long at = START + 15 * SECOND * i;
      notifications += 2;
      time.at(at, () -> write(number, 1, IncidentChange.OPENED, healthy, down));
      time.at(at + 40 * SECOND, () -> write(number, 2, IncidentChange.RESOLVED, healthy, down));
    }
    time.runUntil(START + 180 * MINUTE);

    assertThat(healthy.told).hasSize(notifications);
    assertThat(healthy.told)
        .allSatisfy(
            each ->
                assertThat(each.atMillis() - each.notification().createdAtMillis())
                    .isLessThan(SECOND));
    assertThat(down.told).hasSize(notifications);
    assertThat(down.deadLetters).isEmpty();
    assertThat(down.pending()).isZero();
    requireOrder(down.told);
    requireRate(down.attempts, 30, MINUTE);
    assertThat(down.attempts.stream().filter(at -> at >= downFrom && at < downUntil))
        .as("attempts in vain within the hour")
        .hasSizeLessThan(60);
    assertThat(down.told)
        .as("the receiver is found to be back soon")
        .filteredOn(each -> each.atMillis() >= downUntil)
        .element(0)
        .satisfies(each -> assertThat(each.atMillis()).isLessThan(downUntil + 3 * MINUTE));
  }

  @Test
  void tenThousandIncidentsInAMinuteAreAFewMessagesAndThePagerHasTheCriticalOnesWithinSeconds() {
    SimulatedSink channel =
        new SimulatedSink(
            time, DeliverySettings.readByPeople(10, A_MINUTE), 150, (what, now) -> null);
    SimulatedSink pager =
        new SimulatedSink(time, DeliverySettings.latest(), 200, (what, now) -> null);
    SimulatedSink siem =
        new SimulatedSink(
            time, DeliverySettings.everything().withConcurrency(1), 2, (what, now) -> null);
    Map<String, Integer> written = new TreeMap<>();
    SplittableRandom random = new SplittableRandom(20260322);
    IncidentKind[] kinds = {IncidentKind.EXTRACTION, IncidentKind.FUZZING, IncidentKind.EVASION};
    for (int i = 0; i < 10_000; i++) {
      Severity severity =
          random.nextInt(20) == 0 ? Severity.CRITICAL : MILD.get(random.nextInt(MILD.size()));
      IncidentKind kind = kinds[random.nextInt(kinds.length)];
      written.merge(kind.code() + " " + severity.code(), 1, Integer::sum);
      long at = START + 6L * i;
      Notification notification =
          News.told(News.incident(i, 1, IncidentChange.OPENED, severity, kind), at);
      time.at(
          at,
          () -> {
            channel.write(notification);
            siem.write(notification);
            if (severity == Severity.CRITICAL) {
              pager.write(notification);
            }
          });
    }
    time.runUntil(START + 60 * MINUTE);

    requireRate(channel.attempts, 10, MINUTE);
    assertThat(channel.told.size()).isLessThan(45);
    assertThat(channel.pending()).isZero();
    assertThat(toldInAll(channel)).isEqualTo(written);
    requireConservation(channel, 10_000);
    assertThat(siem.told.size()).isEqualTo(10_000);
    assertThat(pager.told).hasSizeGreaterThan(400);
    assertThat(pager.told)
        .allSatisfy(
            each ->
                assertThat(each.atMillis() - each.notification().createdAtMillis())
                    .isLessThan(5 * SECOND));
  }

  @Test
  void aChannelThatIsDownInAStormFindsFewDigestsAndNothingIsLost() {
    long downUntil = START + 60 * MINUTE;
    SimulatedSink channel =
        new SimulatedSink(
            time,
            DeliverySettings.readByPeople(10, A_MINUTE),
            150,
            (what, now) -> now < downUntil ? DeliveryException.retryable("HTTP 503") : null);
    for (int i = 0; i < 10_000; i++) {
      Notification notification = News.opened(i, Severity.HIGH, START + 360L * i);
      time.at(notification.createdAtMillis(), () -> channel.write(notification));
    }
    time.runUntil(START + 180 * MINUTE);

    assertThat(channel.told.size()).isLessThan(45);
    assertThat(channel.told.stream().mapToLong(SimulatedDeliveryTest::count).sum())
        .isEqualTo(10_000);
    requireConservation(channel, 10_000);
  }

  @Test
  void aFlakyReceiverGetsEverythingInOrderWithinTheSpan() {
    SplittableRandom random = new SplittableRandom(3);
    SimulatedSink flaky =
        new SimulatedSink(
            time,
            DeliverySettings.everything(),
            50,
            (what, now) ->
                switch (random.nextInt(4)) {
                  case 0 -> DeliveryException.retryable("HTTP 500");
                  case 1 -> DeliveryException.retryableAfter("HTTP 429", Duration.ofSeconds(1));
                  default -> null;
                });
    for (int i = 0; i < 300; i++) {
      for (int revision = 1; revision <= 4; revision++) {
        write(
            i,
            revision,
            revision == 1 ? IncidentChange.OPENED : IncidentChange.UPDATED,
            flaky,
            flaky);
      }
    }
    time.runUntil(START + 1_000 * MINUTE);

    assertThat(flaky.told).hasSize(2_400);
    assertThat(flaky.deadLetters).isEmpty();
  }

  private void write(
      int number, int revision, IncidentChange change, SimulatedSink one, SimulatedSink other) {
    Notification notification = News.told(number, revision, change, time.millis());
    one.write(notification);
    other.write(notification);
  }

  private static void requireOrder(List<SimulatedSink.Told> told) {
    Map<String, Long> last = new HashMap<>();
    for (SimulatedSink.Told each : told) {
      long revision = each.notification().incident().revision();
      Long before = last.put(each.notification().incident().id(), revision);
      assertThat(before == null ? 0 : before).isLessThan(revision);
    }
  }

  private static void requireRate(List<Long> attempts, int messages, long perMillis) {
    for (int i = messages; i < attempts.size(); i++) {
      assertThat(attempts.get(i) - attempts.get(i - messages)).isGreaterThanOrEqualTo(perMillis);
    }
  }

  private static long count(SimulatedSink.Told told) {
    return told.notification().incident().kind() == IncidentKind.DIGEST
        ? told.notification().incident().findings()
        : 1;
  }

  /** How many of each kind and severity the channel's readers can count. */
  private static Map<String, Integer> toldInAll(SimulatedSink channel) {
    Map<String, Integer> counts = new TreeMap<>();
    for (SimulatedSink.Told each : channel.told) {
      if (each.notification().incident().kind() != IncidentKind.DIGEST) {
        counts.merge(
            each.notification().incident().kind().code()
                + " "
                + each.notification().incident().severity().code(),
            1,
            Integer::sum);
        continue;
      }
      each.notification().incident().evidence().stream()
          .filter(evidence -> evidence.share() > 0)
          .forEach(
              evidence -> {
                String[] parts = evidence.description().split(": ", 2)[1].split(", ", -1);
                for (String part : parts) {
                  String[] words = part.split(" ", 2);
                  counts.merge(
                      evidence.signal() + " " + words[1],
                      Integer.parseInt(words[0].replace(",", "")),
                      Integer::sum);
                }
              });
    }
    return counts;
  }

  /** Every notification, those of digests included, has exactly one end in the ledger. */
  private static void requireConservation(SimulatedSink sink, int written) {
    Map<String, Outcome> ends = new HashMap<>();
    List<String> twice = new ArrayList<>();
    int digests = 0;
    for (Delivery entry : sink.ledger) {
      digests +=
          entry.kind() == IncidentKind.DIGEST
                  && entry.outcome() == Outcome.PENDING
                  && entry.attemptCount() == 0
              ? 1
              : 0;
      if (entry.outcome().isFinal() && ends.put(entry.notificationId(), entry.outcome()) != null) {
        twice.add(entry.notificationId());
      }
    }
    assertThat(twice).isEmpty();
    assertThat(ends).hasSize(written + digests);
  }
}
