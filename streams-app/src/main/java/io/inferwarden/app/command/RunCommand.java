package io.inferwarden.app.command;

import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.embedded.EmbeddedBroker;
import io.inferwarden.app.intake.Intake;
import io.inferwarden.app.policy.RunConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: production, until it is interrupted. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Watches the inference events of a Kafka cluster until it is interrupted.")
public final class RunCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin InstanceOptions options = new InstanceOptions();

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

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunConfig read = options.read();
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
      Watch.sayWhere(spec, running, deployment);
      out.println(
          noDelivery
              ? "Incidents: found here, delivered by \"inferwarden dispatch\""
              : Watch.whereIncidentsAre(running.incidents()));
      int copies = running.instance().standbyReplicas();
      if (copies > 0) {
        out.println(
            "Copies of the state: " + copies + ", each on another instance where there is one");
      }
      if (!running.intake().takesEvents()) {
        return watch(stop, deployment::isAlive, deployment);
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
        return watch(stop, () -> deployment.isAlive() && intake.isAlive(), deployment);
      }
    }
  }

  private Deployment start(RunConfig running) throws IOException, InterruptedException {
    return noDelivery
        ? Deployment.startDetection(running, threads, System.getenv(), Clock.systemUTC())
        : Deployment.start(running, threads, List.of(), System.getenv(), Clock.systemUTC());
  }

  private int watch(StopSignal stop, BooleanSupplier isAtWork, Deployment deployment)
      throws InterruptedException {
    return Watch.untilStopped(stop, spec, "The watch", isAtWork, deployment::report);
  }
}
