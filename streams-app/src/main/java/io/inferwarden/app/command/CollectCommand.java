package io.inferwarden.app.command;

import io.inferwarden.app.health.Build;
import io.inferwarden.app.health.DeadLetterCounts;
import io.inferwarden.app.health.HealthReport;
import io.inferwarden.app.health.ProcessMetrics;
import io.inferwarden.app.intake.Intake;
import io.inferwarden.app.policy.CollectorConfig;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.ingest.collector.ClientKeys;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code collect}: the collector alone, for a tier that scales apart. */
@Command(
    name = "collect",
    mixinStandardHelpOptions = true,
    description = {
      "Takes inference events over HTTP, and from the topics that the configuration names, and leads"
          + " them without names and texts into the topic that a deployment watches.",
      "Without a configuration it listens on 127.0.0.1:8088.",
      "\"run\" does the same beside the detection, where its configuration has a section collector."
    },
    subcommands = CollectCommand.Key.class)
public final class CollectCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin InstanceOptions options = new InstanceOptions();

  @Option(
      names = "--spool",
      paramLabel = "DIR",
      description =
          "Acknowledge what is in this folder, and bring it to Kafka from there: senders do not wait"
              + " while Kafka is away.")
  @Nullable Path spool;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunConfig read = options.read();
    CollectorConfig collector = read.intake().collector().orElse(CollectorConfig.defaults());
    Path folder = spool;
    RunConfig running =
        read.with(read.intake().with(folder == null ? collector : collector.withSpool(folder)));
    CollectorRegistry registry = new CollectorRegistry();
    DefaultExports.register(registry);
    DeadLetterCounts deadLetters = new DeadLetterCounts();
    registry.register(deadLetters);
    try (StopSignal stop = new StopSignal();
        Intake intake =
            Intake.start(
                running, registry, deadLetters, true, System.getenv(), Clock.systemUTC())) {
      ProcessMetrics.register(() -> report(intake), Build.of(System.getenv()), registry);
      PrintWriter out = spec.commandLine().getOut();
      out.println(IntakeLines.listening(running, intake));
      out.println(
          "Events go to Kafka at " + running.kafka().bootstrapServers() + "; stop with Ctrl-C.");
      return Watch.untilStopped(stop, spec, "The collector", intake::isAlive, () -> report(intake));
    }
  }

  private static HealthReport report(Intake intake) {
    boolean isAlive = intake.isAlive();
    boolean isReady = intake.isReady();
    return new HealthReport(
        isAlive ? "RUNNING" : "STOPPED",
        isAlive,
        isReady,
        true,
        OptionalLong.empty(),
        0,
        List.of(),
        isReady ? Optional.empty() : Optional.of("no events are taken"));
  }

  /** {@code collect key}: makes an API key. */
  @Command(
      name = "key",
      mixinStandardHelpOptions = true,
      description = "Makes an API key: gives the key to its holder, its hash to the configuration.")
  static final class Key implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Override
    public Integer call() {
      ClientKeys.Generated made = ClientKeys.generate(new SecureRandom());
      PrintWriter out = spec.commandLine().getOut();
      out.println("key:    " + made.key());
      out.println("sha256: " + made.sha256());
      out.println();
      out.println("The key is shown once. In the configuration:");
      out.println("collector:");
      out.println("  keys:");
      out.println("    - {name: NAME, sha256: " + made.sha256() + "}");
      return ExitCodes.DONE;
    }
  }
}
