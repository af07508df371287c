package io.inferwarden.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlatformProcessTest {
  private static final String METRICS =
      """
      # HELP principals Of each partition.
      principals{partition="0",} 40.0
      principals{partition="1",} 2.0
      principals_created{partition="0",} 1.7E9
      events 3.0
      """;

  @Test
  void addsAMetricUpOverItsLabels() {
    assertThat(PlatformProcess.sum(METRICS, "principals")).isEqualTo(42);
  }

  @Test
  void readsAMetricWithoutLabels() {
    assertThat(PlatformProcess.sum(METRICS, "events")).isEqualTo(3);
  }

  @Test
  void aMetricThatIsNotThereIsZero() {
    assertThat(PlatformProcess.sum(METRICS, "princip")).isZero();
  }
}
