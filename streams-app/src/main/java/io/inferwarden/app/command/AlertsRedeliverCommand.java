package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.JsonFields;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alerts redeliver}. */
@Command(
    name = "redeliver",
    mixinStandardHelpOptions = true,
    description = {
      "Tells a sink what it has missed since a time, as when its receiver was down.",
      "The ids are the same as before, so a receiver can tell what it has already."
    },
    footer = {"", "Example:", "  inferwarden alerts redeliver --sink soc --since 6h"})
final class AlertsRedeliverCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin AlertsServer server = new AlertsServer();

  @Option(names = "--sink", required = true, paramLabel = "NAME", description = "Which sink.")
  String sink = "";

  @Option(
      names = "--since",
      required = true,
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "Since when: 6h, or an instant.")
  Instant since = Instant.EPOCH;

  @Option(names = "--json", description = "Print the answer of the API.")
  boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonNode answer =
        server
            .client()
            .post(
                "redeliver",
                JsonFields.newObject().put("sink", sink).put("since", since.toString()))
            .body();
    long notifications = answer.path("notifications").asLong();
    spec.commandLine()
        .getOut()
        .println(
            json
                ? answer.toPrettyString()
                : notifications + " notifications are told again to " + Terminal.line(sink) + ".");
    return ExitCodes.DONE;
  }
}
