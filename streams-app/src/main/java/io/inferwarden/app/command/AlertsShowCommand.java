package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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

  @Mixin AlertsServer server = new AlertsServer();

  @Parameters(index = "0", paramLabel = "ID", description = "Of the incident.")
  String id = "";

  @Option(names = "--json", description = "Print the answer of the API.")
  boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonNode answer = server.client().get("incidents/" + AlertsClient.encoded(id));
    IncidentPrint.print(spec.commandLine().getOut(), answer, json);
    return ExitCodes.DONE;
  }
}
