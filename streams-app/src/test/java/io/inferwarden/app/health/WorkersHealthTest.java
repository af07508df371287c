package io.inferwarden.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkersHealthTest {
  private static final WorkerThread AT_WORK = new WorkerThread("sink-soc", "RUNNABLE", 0);
  private static final WorkerThread OVER = new WorkerThread("sink-pager", "TERMINATED", 0);
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final WorkersHealth health = new WorkersHealth();

  @Test
  void isReadyOnceKafkaAnswers() {
    HealthReport before = health.report(List.of(AT_WORK), 0);
    assertThat(before.isAlive()).isTrue();
    assertThat(before.isReady()).isFalse();
    assertThat(before.isStarted()).isFalse();
    assertThat(before.why()).contains("Kafka has not answered yet");

    health.answered(SECOND);

    HealthReport after = health.report(List.of(AT_WORK), 2 * SECOND);
    assertThat(after.isReady()).isTrue();
    assertThat(after.isStarted()).isTrue();
    assertThat(after.lag()).isEmpty();
  }

  @Test
  void aKafkaThatIsSilentEndsReadinessAfterAWhileAndNeverLife() {
    health.answered(0);

    assertThat(health.report(List.of(AT_WORK), 29 * SECOND).isReady()).isTrue();
    HealthReport silent = health.report(List.of(AT_WORK), 3600 * SECOND);
    assertThat(silent.isReady()).isFalse();
    assertThat(silent.isAlive()).isTrue();
    assertThat(silent.why()).contains("Kafka does not answer for 3600 s");
  }

  @Test
  void aWorkerThatHasEndedIsDeath() {
    health.answered(0);

    HealthReport report = health.report(List.of(AT_WORK, OVER), SECOND);

    assertThat(report.isAlive()).isFalse();
    assertThat(report.isReady()).isFalse();
    assertThat(report.why()).contains("sink-pager has ended");
  }

  @Test
  void aProcessThatDoesBothIsWellWhereBothAre() {
    health.answered(0);
    HealthReport well = health.report(List.of(AT_WORK), SECOND);
    HealthReport dead = health.report(List.of(OVER), SECOND);

    assertThat(well.and(well).isReady()).isTrue();
    assertThat(well.and(dead).isAlive()).isFalse();
    assertThat(well.and(dead).state()).isEqualTo("STOPPED");
    assertThat(well.and(dead).threads()).containsExactly(AT_WORK, OVER);
    assertThat(well.and(dead).why()).contains("sink-pager has ended");
  }
}
