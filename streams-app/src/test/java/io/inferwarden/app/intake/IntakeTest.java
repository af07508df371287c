package io.inferwarden.app.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.app.health.DeadLetterCounts;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
  @TempDir Path folder;

  @Test
  void refusesToReadWhatItWritesItself() throws IOException {
    RunConfig config = read("sources: [{topic: inference-events, format: events}]");

    assertThatThrownBy(() -> start(config))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("sources: inference-events is written by Inferwarden itself");
  }

  @Test
  void saysWhichFieldOfALogThereIsNot() throws IOException {
    RunConfig config = read("collector: {port: 0, envoy: {fields: {colour: [c]}}}");

    assertThatThrownBy(() -> start(config))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("collector: field must be one of")
        .hasMessageEndingWith("was colour");
    assertThat(folder.resolve("state")).doesNotExist();
  }

  private RunConfig read(String intake) throws IOException {
    String yaml = intake + "\ninstance: {stateFolder: " + folder.resolve("state") + "}\n";
    return RunConfigFile.read(Files.writeString(folder.resolve("run.yaml"), yaml));
  }

  private static void start(RunConfig config) throws IOException {
    Intake.start(
            config,
            new CollectorRegistry(),
            new DeadLetterCounts(),
            true,
            Map.of(),
            Clock.systemUTC())
        .close();
  }
}
