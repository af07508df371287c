package io.inferwarden.app.command;

import io.inferwarden.app.backtest.BacktestDriver;
import io.inferwarden.app.baseline.BaselineFile;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.cluster.EventHistory;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import io.inferwarden.app.settings.SettingsOf;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code baseline learn}. */
@Command(
    name = "learn",
    mixinStandardHelpOptions = true,
    description = {
      "Learns baselines from files of events, or from what the topic of a deployment still holds,",
      "as the running platform would, into a file."
    })
final class BaselineLearnCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  /** What to learn from. */
  static final class Events {
    @Option(
        names = "--events",
        arity = "1..*",
        required = true,
        paramLabel = "FILE",
        description = "Files of events.")
    @Nullable List<Path> files;

    @ArgGroup(exclusive = false)
    @Nullable Topic topic;
  }

  /** Events of a deployment. */
  static final class Topic {
    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description = "The deployment's configuration: events of its topic.")
    Path config = Path.of("");

    @Option(
        names = "--since",
        required = true,
        paramLabel = "TIME",
        converter = SinceConverter.class,
        description = "From this event time on: 36h, or an instant.")
    Instant since = Instant.EPOCH;

    @Option(
        names = "--until",
        paramLabel = "TIME",
        converter = SinceConverter.class,
        description = "Up to this event time; without it, up to now.")
    @Nullable Instant until;

    @Option(names = "--model", paramLabel = "NAME", description = "Only this model.")
    @Nullable String model;
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  Events events = new Events();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the baselines go.")
  Path out = Path.of("");

  @Mixin PolicyOption policyOption = new PolicyOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    OutputFile.requireFolder(out);
    Topic topic = events.topic;
    RunConfig deployment = topic == null ? null : RunConfigFile.read(topic.config);
    Policy policy =
        deployment == null || policyOption.file != null
            ? policyOption.policy()
            : withLearning(deployment.policy(), policyOption.learn);
    try (BacktestDriver driver =
        new BacktestDriver(
            SettingsOf.policy(policy, 1, false),
            policy,
            List.of(),
            Clock.systemUTC().instant(),
            incident -> {})) {
      if (topic == null || deployment == null) {
        learnFromFiles(driver);
      } else {
        learnFrom(topic, deployment, driver);
      }
      BaselineFile.write(out, driver.learned());
      spec.commandLine()
          .getOut()
          .println("Learned " + driver.learned().size() + " baselines into " + out);
      return driver.learned().isEmpty() ? ExitCodes.CHECK_FAILED : ExitCodes.DONE;
    }
  }

  private void learnFromFiles(BacktestDriver driver) throws IOException, InterruptedException {
    List<Path> files = events.files;
    ProgressLine progress = ProgressLine.onTerminal(spec.commandLine().getErr());
    driver.acceptAll(
        files == null ? List.of() : files,
        (lines, fraction) -> progress.show("Learning", lines, fraction));
    progress.clear();
  }

  private void learnFrom(Topic topic, RunConfig deployment, BacktestDriver driver)
      throws IOException {
    Instant now = Clock.systemUTC().instant();
    Instant until = topic.until;
    ProgressLine progress = ProgressLine.onTerminal(spec.commandLine().getErr());
    long[] read = new long[1];
    new EventHistory(Deployment.connection(deployment), now)
        .read(
            topic.model == null ? Set.of() : Set.of(topic.model),
            topic.since,
            until == null ? now : until,
            (event, fraction) -> {
              driver.accept(event.json());
              progress.show("Learning", ++read[0], fraction);
            });
    driver.finish();
    progress.clear();
  }

  /** The deployment's policy, with another learning time where one is given. */
  static Policy withLearning(Policy policy, @Nullable Duration learning) {
    return learning == null ? policy : policy.withLearning(learning);
  }
}
