package io.inferwarden.app.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code alerts show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows one incident: its evidence, who looks after it, and who was told.",
    footer = {"", "Example:", "  inferwarden alerts show inc_abc"})
final class AlertsShowCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin OneIncident incident = new OneIncident();

  @Override
  public Integer call() throws IOException, InterruptedException {
    incident.show(spec);
    return ExitCodes.DONE;
  }
}
