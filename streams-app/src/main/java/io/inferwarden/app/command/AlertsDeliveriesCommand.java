package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alerts deliveries}. */
@Command(
    name = "deliveries",
    mixinStandardHelpOptions = true,
    description = "Says what became of notifications, those made last first.",
    footer = {
      "",
      "Example:",
      "  inferwarden alerts deliveries --sink soc --outcome dead_lettered,pending --since 24h"
    })
final class AlertsDeliveriesCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin AlertsServer server = new AlertsServer();

  @Option(names = "--sink", paramLabel = "NAME", description = "For this sink.")
  @Nullable String sink;

  @Option(names = "--incident", paramLabel = "ID", description = "About this incident.")
  @Nullable String incident;

  @Option(
      names = "--outcome",
      split = ",",
      paramLabel = "OUTCOME",
      description = "pending, delivered, silenced, folded or dead_lettered.")
  List<String> outcomes = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "Made since then: 24h, or an instant.")
  @Nullable Instant since;

  @Option(
      names = "--limit",
      defaultValue = "50",
      paramLabel = "N",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  int limit;

  @Option(names = "--json", description = "Print the answer of the API.")
  boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    AlertsClient.Query query =
        new AlertsClient.Query()
            .with("sink", Optional.ofNullable(sink))
            .with("incident", Optional.ofNullable(incident))
            .with("outcome", outcomes)
            .with("since", Optional.ofNullable(since).map(Instant::toString))
            .with("limit", Integer.toString(limit));
    JsonNode answer = server.client().get("deliveries" + query);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.toPrettyString());
    } else if (answer.path("deliveries").isEmpty()) {
      out.println("No such deliveries.");
    } else {
      answer.path("deliveries").forEach(delivery -> out.println(DeliveryLine.of(delivery)));
    }
    return ExitCodes.DONE;
  }
}
