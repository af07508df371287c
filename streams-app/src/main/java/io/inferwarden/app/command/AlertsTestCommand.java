package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.outbox.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alerts test}. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Sends a marked test incident down the way of all others and says what each sink answered.",
      "Exits with 1 when one did not take it."
    },
    footer = {
      "",
      "Examples:",
      "  inferwarden alerts test --sink soc",
      "  inferwarden alerts test --route payments --wait 2m"
    })
final class AlertsTestCommand implements Callable<Integer> {
  private static final long BETWEEN_LOOKS_MILLIS = 250;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin AlertsServer server = new AlertsServer();

  /** Who is to be told. */
  static final class Target {
    @Option(names = "--route", paramLabel = "NAME", description = "All sinks of this route.")
    @Nullable String route;

    @Option(names = "--sink", paramLabel = "NAME", description = "This sink only.")
    @Nullable String sink;
  }

  @ArgGroup(exclusive = true, multiplicity = "1")
  Target target = new Target();

  @Option(
      names = "--wait",
      defaultValue = "30s",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "For the answers (default: ${DEFAULT-VALUE}).")
  Duration patience = Duration.ofSeconds(30);

  @Option(names = "--json", description = "Print the ledger's entries as JSON.")
  boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    AlertsClient client = server.client();
    ObjectNode body = JsonFields.newObject();
    if (target.route != null) {
      body.put("route", target.route);
    }
    if (target.sink != null) {
      body.put("sink", target.sink);
    }
    JsonNode sent = client.post("test", body).body();
    Map<String, JsonNode> answers = answers(client, sent);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode all = JsonFields.newObject();
      all.set("test", sent);
      answers.values().forEach(all.putArray("deliveries")::add);
      out.println(all.toPrettyString());
    }
    boolean isFailed = false;
    for (JsonNode name : sent.path("sinks")) {
      String sink = name.asText();
      JsonNode answer = answers.get(sink);
      isFailed |= answer == null || !isTaken(answer);
      if (!json) {
        String said = answer == null ? "no answer yet" : DeliveryLine.outcome(answer);
        out.println(String.format(Locale.ROOT, "%-16s  %s", Terminal.line(sink), said));
      }
    }
    return isFailed ? ExitCodes.CHECK_FAILED : ExitCodes.DONE;
  }

  /** What the ledger says of each sink, when all are through or time is up. */
  private Map<String, JsonNode> answers(AlertsClient client, JsonNode sent)
      throws IOException, InterruptedException {
    String path =
        "deliveries"
            + new AlertsClient.Query()
                .with("incident", sent.path("id").asText())
                .with("limit", "500");
    int expected = sent.path("sinks").size();
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      Map<String, JsonNode> answers = new LinkedHashMap<>();
      int over = 0;
      for (JsonNode delivery : client.get(path).path("deliveries")) {
        answers.put(delivery.path("sink").asText(), delivery); // the first revision comes last
      }
      for (JsonNode answer : answers.values()) {
        over += outcome(answer).isFinal() ? 1 : 0;
      }
      if (over >= expected || System.nanoTime() - end >= 0) {
        return answers;
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
    }
  }

  private static boolean isTaken(JsonNode answer) {
    Outcome outcome = outcome(answer);
    return outcome == Outcome.DELIVERED || outcome == Outcome.FOLDED;
  }

  private static Outcome outcome(JsonNode answer) {
    return Outcome.ofCode(answer.path("outcome").asText());
  }
}
