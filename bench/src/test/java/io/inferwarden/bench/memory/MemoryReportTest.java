package io.inferwarden.bench.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MemoryReportTest {
  private static MemoryReport report(List<Double> heaps) {
    Held held =
        new Held(
            1_000_000,
            1.1e9,
            1_000,
            new Changelogs.Size(1_000_000, 400_000_000, 5_000_000),
            450_000_000,
            12.34,
            8.76,
            6e6);
    return new MemoryReport(held, 100_000, 4, 5_000_000, heaps);
  }

  @Test
  void aHeapThatStaysHasNotGrown() {
    assertThat(report(List.of(1e8, 2e8, 2e8, 2e8)).growth()).isEqualTo(1, within(1e-9));
  }

  @Test
  void aHeapThatGrowsWithEveryStepHas() {
    assertThat(report(List.of(1e8, 2e8, 3e8, 4e8)).growth()).isEqualTo(1.75, within(1e-9));
  }

  @Test
  void saysFiguresBesideTheirLimits() {
    assertThat(report(List.of()).table())
        .containsPattern("heap, MB +1,100 +1,200 for a million")
        .containsPattern("changelog a stream, bytes +400 +512")
        .containsPattern("start in an empty folder, s +12\\.3 +20 for a million")
        .containsPattern("reading changelogs, s +8\\.8")
        .doesNotContain("names pass");
  }

  @Test
  void endsWithOneLineOfJson() {
    assertThat(report(List.of(1e8, 2e8)).json())
        .isEqualTo(
            "{\"streams\":1000000,\"heapBytes\":1100000000,\"heapBytesPerStream\":1000,"
                + "\"changelogBytesPerStream\":400,\"startSeconds\":12.3,\"restoreSeconds\":8.8,"
                + "\"heapBytesAsNamesPass\":[100000000,200000000]}");
  }
}
