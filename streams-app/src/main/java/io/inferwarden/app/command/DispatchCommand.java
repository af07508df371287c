package io.inferwarden.app.command;

import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.policy.RunConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin ConfigOption config = new ConfigOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunConfig read = config.read();
    PrintWriter out = spec.commandLine().getOut();
    try (StopSignal stop = new StopSignal();
        Deployment deployment =
            Deployment.startDispatch(read, System.getenv(), Clock.systemUTC())) {
      out.println(
          "Delivering the incidents of " + read.kafka().bootstrapServers() + "; stop with Ctrl-C.");
      Watch.sayWhere(spec, read, deployment);
      out.println(Watch.whereIncidentsAre(read.incidents()));
      return Watch.untilStopped(
          stop, spec, "The delivery", deployment::isAlive, deployment::report);
    }
  }
}
