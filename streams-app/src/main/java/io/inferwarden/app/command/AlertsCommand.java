package io.inferwarden.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code alerts}: incidents of a running deployment, over its HTTP API. */
@Command(
    name = "alerts",
    mixinStandardHelpOptions = true,
    description =
        "Shows incidents, says what was done about them, and tries whether alerts arrive.",
    subcommands = {
      AlertsListCommand.class,
      AlertsShowCommand.class,
      AlertsAckCommand.class,
      AlertsVerdictCommand.class,
      AlertsSilenceCommand.class,
      AlertsTailCommand.class,
      AlertsTestCommand.class,
      AlertsRouteCommand.class,
      AlertsRedeliverCommand.class,
      AlertsDeliveriesCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  inferwarden alerts list --open --severity high",
      "  inferwarden alerts ack inc_abc --note \"rotating the key\"",
      "  inferwarden alerts test --sink soc",
      "A token, where the deployment asks for one: INFERWARDEN_TOKEN or --token-file."
    })
public final class AlertsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a command: alerts " + String.join("|", spec.subcommands().keySet()));
  }
}
