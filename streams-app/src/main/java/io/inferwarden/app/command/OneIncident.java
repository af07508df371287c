package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is asked of one incident of a deployment, and how the answer is printed. */
final class OneIncident {
  @Mixin AlertsServer server = new AlertsServer();

  @Parameters(index = "0", paramLabel = "ID", description = "Of the incident.")
  String id = "";

  @Option(names = "--json", description = "Print the answer of the API.")
  boolean json;

  void show(CommandSpec spec) throws IOException, InterruptedException {
    print(spec, server.client().get(path()));
  }

  /** Does something to it, and returns the exit code. */
  int change(CommandSpec spec, String action, ObjectNode body)
      throws IOException, InterruptedException {
    AlertsClient.Answered answer = server.client().post(path() + "/" + action, body);
    print(spec, answer.body());
    return UnderWay.said(spec, answer);
  }

  private String path() {
    return "incidents/" + AlertsClient.encoded(id);
  }

  private void print(CommandSpec spec, JsonNode answer) throws IOException {
    IncidentPrint.print(spec.commandLine().getOut(), answer, json);
  }
}
