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

/** {@code alerts list}. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists incidents, those that opened last first.",
    footer = {
      "",
      "Examples:",
      "  inferwarden alerts list --open --severity high",
      "  inferwarden alerts list --model fraud-scorer --since 7d --verdict none",
      "  inferwarden alerts list --json --limit 500 | jq -r '.incidents[].id'"
    })
final class AlertsListCommand implements Callable<Integer> {
  private static final int MOST_A_PAGE = 500;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin AlertsServer server = new AlertsServer();

  @Option(names = "--open", description = "Only those that go on.")
  boolean open;

  @Option(
      names = "--state",
      split = ",",
      paramLabel = "STATE",
      description = "open, acknowledged, blind or resolved.")
  List<String> states = new ArrayList<>();

  @Option(names = "--kind", split = ",", paramLabel = "KIND", description = "Such as extraction.")
  List<String> kinds = new ArrayList<>();

  @Option(names = "--severity", paramLabel = "LEAST", description = "This or graver.")
  @Nullable String severity;

  @Option(names = "--model", paramLabel = "NAME", description = "Of this model.")
  @Nullable String model;

  @Option(names = "--subject", paramLabel = "NAME", description = "Such as principal:acme.")
  @Nullable String subject;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "Last seen since then: 24h, or an instant.")
  @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description = "Opened before then.")
  @Nullable Instant until;

  @Option(
      names = "--verdict",
      paramLabel = "VERDICT",
      description = "true, false, benign, or none for those not judged.")
  @Nullable String verdict;

  @Option(names = "--text", paramLabel = "TEXT", description = "Mentions this somewhere.")
  @Nullable String text;

  @Option(
      names = "--limit",
      defaultValue = "50",
      paramLabel = "N",
      description = "At most so many (default: ${DEFAULT-VALUE}).")
  int limit;

  @Option(names = "--cursor", paramLabel = "CURSOR", description = "The next of an earlier --json.")
  @Nullable String cursor;

  @Option(names = "--json", description = "Print the answer of the API.")
  boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (limit < 1 || limit > MOST_A_PAGE) {
      throw new IllegalArgumentException(
          "--limit must be from 1 to " + MOST_A_PAGE + ", was " + limit);
    }
    AlertsClient.Query query =
        new AlertsClient.Query()
            .with("state", states)
            .with("kind", kinds)
            .with("severity", Optional.ofNullable(severity))
            .with("model", Optional.ofNullable(model))
            .with("subject", Optional.ofNullable(subject))
            .with("since", Optional.ofNullable(since).map(Instant::toString))
            .with("until", Optional.ofNullable(until).map(Instant::toString))
            .with("verdict", Optional.ofNullable(verdict))
            .with("open", open ? Optional.of("true") : Optional.empty())
            .with("text", Optional.ofNullable(text))
            .with("limit", Integer.toString(limit))
            .with("cursor", Optional.ofNullable(cursor));
    JsonNode answer = server.client().get("incidents" + query);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(answer.toPrettyString());
      return ExitCodes.DONE;
    }
    JsonNode incidents = answer.path("incidents");
    incidents.forEach(incident -> out.println(IncidentLine.of(incident, "openedAt", "state")));
    if (incidents.isEmpty()) {
      out.println("No such incidents.");
    } else if (answer.hasNonNull("next")) {
      out.println("There are more: --limit " + MOST_A_PAGE + ", or --json for a cursor.");
    }
    return ExitCodes.DONE;
  }
}
