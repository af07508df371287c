package io.inferwarden.detectors.principal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GapCountsTest {
  @Test
  void gapsFallInBinsFourTimesAsLongEach() {
    assertThat(GapCounts.binOf(-5)).isZero();
    assertThat(GapCounts.binOf(15)).isZero();
    assertThat(GapCounts.binOf(16)).isEqualTo(1);
    assertThat(GapCounts.binOf(1000)).isEqualTo(3);
    assertThat(GapCounts.binOf(16_777_215)).isEqualTo(10);
    assertThat(GapCounts.binOf(16_777_216)).isEqualTo(11);
    assertThat(GapCounts.binOf(Long.MAX_VALUE)).isEqualTo(11);
  }
}
