package io.inferwarden.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit}: the record of every inference. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Verifies and searches the record of every inference.",
    subcommands = {AuditVerifyCommand.class, AuditFindCommand.class, AuditKeyCommand.class},
    footer = {
      "",
      "Examples:",
      "  inferwarden audit verify --config inferwarden.yaml --key audit-public.pem",
      "  inferwarden audit find --bootstrap localhost:9092 --principal PSEUDONYM --from 24h"
    })
public final class AuditCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "expected a command: audit " + String.join("|", spec.subcommands().keySet()));
  }
}
