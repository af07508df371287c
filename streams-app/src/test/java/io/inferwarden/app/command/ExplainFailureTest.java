package io.inferwarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.NewerFormatException;
import io.inferwarden.app.health.HealthReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ExplainFailureTest {
  @Command(name = "fails")
  private static final class Fails implements Runnable {
    private final RuntimeException failure;

    Fails(RuntimeException failure) {
      this.failure = failure;
    }

    @Override
    public void run() {
      throw failure;
    }
  }

  @Test
  void aRecordOfANewerReleaseIsSaidInItsOwnWordsHoweverDeepItLies() {
    NewerFormatException newer = new NewerFormatException("A baseline", 9, 8);
    StringWriter err = new StringWriter();

    int exitCode =
        new CommandLine(new Fails(new StreamsException("while initializing", newer)))
            .setErr(new PrintWriter(err, true))
            .setExecutionExceptionHandler(new ExplainFailure())
            .execute();

    assertThat(exitCode).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(err.toString().strip())
        .startsWith("A baseline has format version 9 and this release reads up to 8")
        .hasLineCount(1);
  }

  @Test
  void aWorkThatHasStoppedSaysWhy() {
    HealthReport over =
        new HealthReport(
            "ERROR",
            false,
            false,
            true,
            OptionalLong.empty(),
            0,
            List.of(),
            Optional.of("Kafka Streams is ERROR"));

    assertThat(Watch.hasStopped("The watch", over.because("a newer release wrote it")))
        .isEqualTo(
            "The watch has stopped and only a restart helps (Kafka Streams is ERROR: a newer release"
                + " wrote it); see the log above.");
  }
}
