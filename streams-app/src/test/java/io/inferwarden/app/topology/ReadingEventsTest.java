package io.inferwarden.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.message.PaneMessage;
import io.inferwarden.app.message.Progress;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.settings.DetectionSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of single events, of what is no event, and of time. */
class ReadingEventsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T12:30:00Z");
  private static final long HOUR = 3_600_000;

  @TempDir Path folder;

  private DrivenTopology topology() {
    return new DrivenTopology(DrivenTopology.defaults(), NOW, folder);
  }

  private static String event(String id, long timeMillis) {
    return """
        {"id":"%s","time":%d,"model":"m","principal":"k","input":{"features":{"amount":1}}}"""
        .formatted(id, timeMillis);
  }

  private static long now() {
    return NOW.toEpochMilli();
  }

  @Test
  void whatIsNoEventBecomesADeadLetterWithItsReason() {
    try (DrivenTopology topology = topology()) {
      topology.accept(event("a", now()));
      topology.accept("not json");
      topology.accept("{\"time\":1772409646453,\"model\":\"m\"}");
      topology.accept("");
      topology.accept((byte[]) null);

      assertThat(topology.deadLetters())
          .hasSize(4)
          .allSatisfy(letter -> assertThat(letter).contains("\"reason\":\""))
          .anySatisfy(letter -> assertThat(letter).contains("principal"));
      assertThat(topology.metric("inferwarden_events_rejected_total")).isEqualTo(4);
    }
  }

  @Test
  void everyRecordIsEitherProcessedOrRejected() {
    try (DrivenTopology topology = topology()) {
      for (int i = 0; i < 300; i++) {
        topology.accept(i % 7 == 0 ? "{" + i : event("e" + i % 250, now() - i));
      }

      double received = topology.metric("inferwarden_events_received_total");
      double processed = topology.metric("inferwarden_events_processed_total");
      double rejected = topology.metric("inferwarden_events_rejected_total");
      assertThat(received).isEqualTo(300);
      assertThat(processed).isGreaterThan(200);
      assertThat(processed + rejected).isEqualTo(received);
      assertThat(topology.deadLetters()).hasSize((int) rejected);
    }
  }

  @Test
  void anIdThatComesAgainWithinTheWindowIsADuplicate() {
    long later = now() - HOUR;
    try (DrivenTopology topology = topology()) {
      topology.accept(event("a", later));
      topology.accept(event("a", later + 60_000));
      topology.accept(event("b", later));
      topology.accept(event("a", later + 11 * 60_000));

      assertThat(topology.deadLetters())
          .singleElement()
          .satisfies(letter -> assertThat(letter).contains("duplicate_id").contains("a"));
      assertThat(topology.metric("inferwarden_events_rejected_total", "reason", "duplicate_id"))
          .isEqualTo(1);
      assertThat(topology.metric("inferwarden_events_processed_total")).isEqualTo(3);
    }
  }

  @Test
  void eventsWithoutAnIdAreNeverDuplicates() {
    String anonymous = event("x", now()).replace("\"id\":\"x\",", "");
    try (DrivenTopology topology = topology()) {
      topology.accept(anonymous);
      topology.accept(anonymous);

      assertThat(topology.deadLetters()).isEmpty();
      assertThat(topology.metric("inferwarden_events_processed_total")).isEqualTo(2);
    }
  }

  @Test
  void theOldestWaitingEventsMakeRoomAndAreCounted() {
    DetectionSettings usual = DrivenTopology.defaults();
    DetectionSettings small =
        new DetectionSettings(
            usual.eventPartitions(),
            usual.learning(),
            usual.pane(),
            usual.lateness(),
            usual.idleAfter(),
            usual.quietPeriod(),
            usual.cooldown(),
            usual.duplicateWindow(),
            usual.maximumIds(),
            10,
            usual.maximumPrincipals(),
            usual.tolerancePsi(),
            usual.budget(),
            usual.weights(),
            false);
    try (DrivenTopology topology = new DrivenTopology(small, NOW, folder)) {
      for (int i = 0; i < 25; i++) {
        topology.accept(event("e" + i, now() + i));
      }
      topology.idle(Duration.ofSeconds(1));

      assertThat(topology.metric("inferwarden_events_unjudged_total")).isEqualTo(15);
      assertThat(topology.metric("inferwarden_events_waiting")).isEqualTo(10);
    }
  }

  @Test
  void aPaneEndsByTheWallClockWhenThePartitionIsIdle() {
    try (DrivenTopology topology = topology()) {
      topology.accept(event("a", now() - 2 * HOUR));
      assertThat(watermarks(topology)).containsExactly(passedAt(now() - 2 * HOUR));

      topology.idle(Duration.ofSeconds(29));
      assertThat(watermarks(topology)).as("not yet idle").isEmpty();
      topology.idle(Duration.ofSeconds(2));

      assertThat(watermarks(topology)).containsExactly(passedAt(now()));
    }
  }

  @Test
  void anEventFromTheNearFutureDoesNotMoveTheWatermarkBeyondTheWallClock() {
    try (DrivenTopology topology = topology()) {
      topology.accept(event("a", now() - 60_000));
      topology.accept(event("b", now() + 50 * 60_000));
      topology.accept(event("c", now()));

      assertThat(topology.metric("inferwarden_events_processed_total")).isEqualTo(3);
      assertThat(watermarks(topology)).endsWith(passedAt(now()));
    }
  }

  @Test
  void unreadableRecordsBetweenTheStagesAreCountedAndLeftOut() {
    try (DrivenTopology topology = topology()) {
      for (String topic :
          List.of(Topics.LEARNING_SAMPLES, Topics.PANE_SUMMARIES, Topics.FINDINGS)) {
        topology.disturb(topic, "not of this platform".getBytes(StandardCharsets.UTF_8));
      }
      topology.accept(event("a", now()));

      assertThat(topology.metric("inferwarden_errors_total", "stage", "deserialization"))
          .isEqualTo(3);
      assertThat(topology.metric("inferwarden_events_processed_total")).isEqualTo(1);
    }
  }

  /** What has passed at a time: late events still count for a while. */
  private static long passedAt(long timeMillis) {
    DetectionSettings settings = DrivenTopology.defaults();
    return settings.tickStart(timeMillis - settings.lateness().toMillis());
  }

  private static List<Long> watermarks(DrivenTopology topology) {
    return topology.paneMessages().stream()
        .filter(Progress.class::isInstance)
        .map((PaneMessage message) -> ((Progress) message).watermarkMillis())
        .toList();
  }
}
