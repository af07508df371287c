package io.inferwarden.app.command;

import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.health.HealthReport;
import io.inferwarden.app.policy.RunConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** What a process that works until it is interrupted says of itself. */
final class Watch {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private Watch() {}

  /** Says where metrics and health are served. */
  static void sayWhere(CommandSpec spec, RunConfig config, Deployment deployment) {
    spec.commandLine()
        .getOut()
        .println(
            "Metrics and health: http://"
                + config.operations().host()
                + ":"
                + deployment.operationsPort()
                + "/metrics");
  }

  static String whereIncidentsAre(RunConfig.Incidents incidents) {
    return "Incidents: "
        + incidents.file().map(Path::toString).orElse("in no file; the feed has them");
  }

  /**
   * Waits until it is to stop, or has stopped by itself, and returns the exit code.
   *
   * @param work what has stopped then, as it should stand at the beginning of a sentence
   */
  static int untilStopped(
      StopSignal stop,
      CommandSpec spec,
      String work,
      BooleanSupplier isAtWork,
      Supplier<HealthReport> health)
      throws InterruptedException {
    while (!stop.await(BETWEEN_LOOKS)) {
      if (!isAtWork.getAsBoolean()) {
        spec.commandLine().getErr().println(hasStopped(work, health.get()));
        return ExitCodes.CHECK_FAILED;
      }
    }
    return ExitCodes.DONE;
  }

  static String hasStopped(String work, HealthReport health) {
    return work
        + " has stopped and only a restart helps"
        + health.why().map(why -> " (" + why + ")").orElse("")
        + "; see the log above.";
  }
}
