package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.JsonNames;
import io.inferwarden.alerting.Severity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alerts tail}. */
@Command(
    name = "tail",
    mixinStandardHelpOptions = true,
    description = {
      "Follows what happens to incidents until it is interrupted, one line a change.",
      "A connection that breaks is made again, and goes on where it was."
    },
    footer = {
      "",
      "Examples:",
      "  inferwarden alerts tail --severity high",
      "  inferwarden alerts tail --all --json | jq .id"
    })
final class AlertsTailCommand implements Callable<Integer> {
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final String ALL = "-1";

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin AlertsServer server = new AlertsServer();

  @Option(names = "--all", description = "First the incidents that are known already.")
  boolean all;

  @Option(names = "--severity", paramLabel = "LEAST", description = "This or graver.")
  @Nullable String severity;

  @Option(names = "--count", paramLabel = "N", description = "End after so many lines.")
  @Nullable Integer count;

  @Option(names = "--json", description = "Print each incident as a line of JSON.")
  boolean json;

  private int shown;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Severity least = severity == null ? Severity.INFO : Severity.ofCode(severity);
    AlertsClient client = server.client();
    Optional<String> last = all ? Optional.of(ALL) : Optional.empty();
    ServerSentEvents events = new ServerSentEvents(client.stream(last));
    Duration wait = FIRST_WAIT;
    while (true) {
      try (ServerSentEvents open = events) {
        for (Optional<ServerSentEvents.Event> next = open.next();
            next.isPresent();
            next = open.next()) {
          wait = FIRST_WAIT;
          last = Optional.of(next.get().id());
          show(next.get(), least);
          if (isEnough()) {
            return ExitCodes.DONE;
          }
        }
      } catch (IOException e) {
        say("The connection broke (" + e.getMessage() + "); it is made again.");
      }
      events = again(client, last, wait);
      wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
    }
  }

  private boolean isEnough() {
    return count != null && shown >= count;
  }

  /** A new connection, tried for until there is one. */
  private ServerSentEvents again(AlertsClient client, Optional<String> last, Duration firstWait)
      throws InterruptedException {
    Duration wait = firstWait;
    while (true) {
      TimeUnit.MILLISECONDS.sleep(wait.toMillis());
      try {
        return new ServerSentEvents(client.stream(last));
      } catch (IOException e) {
        wait = wait.compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        say(e.getMessage() + "; tried again in " + wait.toSeconds() + " s");
      }
    }
  }

  private void show(ServerSentEvents.Event event, Severity least) throws IOException {
    if (!event.name().equals("incident")) {
      return;
    }
    JsonNode incident;
    Severity itsSeverity;
    try {
      incident = JsonFields.parse(event.data().getBytes(StandardCharsets.UTF_8));
      itsSeverity = Severity.ofCode(JsonFields.text(incident, JsonNames.SEVERITY));
    } catch (IllegalArgumentException e) {
      throw new IOException("the server sent what is no incident", e);
    }
    if (itsSeverity.compareTo(least) < 0) {
      return;
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        json ? event.data() : IncidentLine.of(incident, JsonNames.LAST_SEEN_AT, JsonNames.CHANGE));
    out.flush();
    shown++;
  }

  private void say(String what) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(Terminal.line(what));
    err.flush();
  }
}
