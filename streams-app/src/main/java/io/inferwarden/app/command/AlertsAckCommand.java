package io.inferwarden.app.command;

import io.inferwarden.alerting.JsonFields;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alerts ack}. */
@Command(
    name = "ack",
    mixinStandardHelpOptions = true,
    description = "Says that you look after an incident; receivers that know of that are told.",
    footer = {"", "Example:", "  inferwarden alerts ack inc_abc --note \"rotating the key\""})
final class AlertsAckCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin OneIncident incident = new OneIncident();

  @Option(names = "--note", defaultValue = "", paramLabel = "TEXT", description = "What you do.")
  String note = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    return incident.change(spec, "acknowledge", JsonFields.newObject().put("note", note));
  }
}
