package io.inferwarden.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ContestantProcessTest {
  @Test
  void aTaskComesBackFromItsArguments() {
    ContestantProcess.Task task =
        new ContestantProcess.Task(
            ContestantProcess.Kind.FULL,
            "127.0.0.1:9092",
            "full-1",
            2,
            600_000,
            3_000_000,
            Duration.ofSeconds(30));

    assertThat(ContestantProcess.Task.parse(task.arguments().toArray(String[]::new)))
        .isEqualTo(task);
  }
}
