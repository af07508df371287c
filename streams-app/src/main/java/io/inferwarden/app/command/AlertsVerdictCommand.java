package io.inferwarden.app.command;

import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.JsonFields;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code alerts verdict}. */
@Command(
    name = "verdict",
    mixinStandardHelpOptions = true,
    description = {
      "Says what an incident was: true, what it claimed; false, nothing had happened;",
      "benign, a change that was meant: see baseline relearn."
    },
    footer = {"", "Example:", "  inferwarden alerts verdict inc_abc benign --note \"new market\""})
final class AlertsVerdictCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin OneIncident incident = new OneIncident();

  @Parameters(index = "1", paramLabel = "true|false|benign", description = "What it was.")
  String verdict = "";

  @Option(names = "--note", defaultValue = "", paramLabel = "TEXT", description = "Why.")
  String note = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    IncidentVerdict known = IncidentVerdict.ofCode(verdict);
    return incident.change(
        spec, "verdict", JsonFields.newObject().put("verdict", known.code()).put("note", note));
  }
}
