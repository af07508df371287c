package io.inferwarden.app.command;

import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dispatch}: delivery and the feed alone, for a tier that scales apart. */
@Command(
    name = "dispatch",
    mixinStandardHelpOptions = true,
    description = {
      "Tells people of the incidents that others find, and serves the feed of incidents.",
      "The others are \"run --no-delivery\" with the same configuration."
    })
public final class DispatchCommand implements Callable<Integer> {
  private static final Duration LOOK_AFTER_HEALTH = Duration.ofSeconds(1);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration, YAML; without it, Kafka at localhost:9092 and all defaults.")
  @Nullable Path config;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path file = config;
    RunConfig read = file == null ? RunConfig.defaults() : RunConfigFile.read(file);
    PrintWriter out = spec.commandLine().getOut();
    try (StopSignal stop = new StopSignal();
        Deployment deployment =
            Deployment.startDispatch(read, System.getenv(), Clock.systemUTC())) {
      out.println(
          "Delivering the incidents of " + read.kafka().bootstrapServers() + "; stop with Ctrl-C.");
      out.println(
          "Metrics and health: http://"
              + read.operations().host()
              + ":"
              + deployment.operationsPort()
              + "/metrics");
      out.println("Incidents: " + read.incidents().file());
      while (!stop.await(LOOK_AFTER_HEALTH)) {
        if (!deployment.isAlive()) {
          spec.commandLine()
              .getErr()
              .println("The delivery has stopped and only a restart helps; see the log above.");
          return ExitCodes.CHECK_FAILED;
        }
      }
    }
    return ExitCodes.DONE;
  }
}
