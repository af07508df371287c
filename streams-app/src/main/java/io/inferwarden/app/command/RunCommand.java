package io.inferwarden.app.command;

import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.embedded.EmbeddedBroker;
import io.inferwarden.app.intake.Intake;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: production, until it is interrupted. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Watches the inference events of a Kafka cluster until it is interrupted.")
public final class RunCommand implements Callable<Integer> {
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

  @Option(
      names = "--embedded",
      description = "Bring an own Kafka, whose data is kept in the state folder.")
  boolean embedded;

  @Option(
      names = "--threads",
      defaultValue = "2",
      paramLabel = "N",
      description = "Threads that judge events; default: ${DEFAULT-VALUE}.")
  int threads;

  @Option(
      names = "--no-delivery",
      description =
          "Find incidents and leave their delivery to \"dispatch\" with the same configuration.")
  boolean noDelivery;

  @Option(
      names = "--instance",
      paramLabel = "ID",
      description =
          "The name that this process keeps over restarts; goes before instance.id of the"
              + " configuration, so that several can share one file.")
  @Nullable String instance;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path file = config;
    RunConfig inFile = file == null ? RunConfig.defaults() : RunConfigFile.read(file);
    String name = instance;
    RunConfig read = name == null ? inFile : inFile.with(inFile.instance().withId(name));
    try (StopSignal stop = new StopSignal()) {
      if (!embedded) {
        return serve(read, stop);
      }
      try (EmbeddedBroker broker =
          EmbeddedBroker.start(read.instance().stateFolder().resolve("kafka"))) {
        return serve(OnCluster.at(read, broker.bootstrapServers()), stop);
      }
    }
  }

  private int serve(RunConfig running, StopSignal stop) throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (Deployment deployment = start(running)) {
      out.println("Watching " + running.kafka().bootstrapServers() + "; stop with Ctrl-C.");
      out.println(
          "Metrics and health: http://"
              + running.operations().host()
              + ":"
              + deployment.operationsPort()
              + "/metrics");
      out.println(
          noDelivery
              ? "Incidents: found here, delivered by \"inferwarden dispatch\""
              : "Incidents: " + running.incidents().file());
      int copies = running.instance().standbyReplicas();
      if (copies > 0) {
        out.println(
            "Copies of the state: " + copies + ", each on another instance where there is one");
      }
      if (!running.intake().takesEvents()) {
        return watch(stop, deployment::isAlive);
      }
      try (Intake intake =
          Intake.start(
              running,
              deployment.registry(),
              deployment.deadLetters(),
              false,
              System.getenv(),
              Clock.systemUTC())) {
        if (running.intake().collector().isPresent()) {
          out.println(IntakeLines.listening(running, intake));
        }
        return watch(stop, () -> deployment.isAlive() && intake.isAlive());
      }
    }
  }

  private Deployment start(RunConfig running) throws IOException, InterruptedException {
    return noDelivery
        ? Deployment.startDetection(running, threads, System.getenv(), Clock.systemUTC())
        : Deployment.start(running, threads, List.of(), System.getenv(), Clock.systemUTC());
  }

  private int watch(StopSignal stop, BooleanSupplier isAlive) throws InterruptedException {
    while (!stop.await(LOOK_AFTER_HEALTH)) {
      if (!isAlive.getAsBoolean()) {
        spec.commandLine()
            .getErr()
            .println("The watch has stopped and only a restart helps; see the log above.");
        return ExitCodes.CHECK_FAILED;
      }
    }
    return ExitCodes.DONE;
  }
}
