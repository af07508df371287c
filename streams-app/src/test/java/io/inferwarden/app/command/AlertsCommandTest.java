package io.inferwarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Incident;
import io.inferwarden.app.InferwardenApp;
import io.inferwarden.app.api.FakeBackend;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that ask a running deployment, against its real API. */
@Timeout(60)
class AlertsCommandTest {
  private FakeBackend backend;

  @BeforeEach
  void start() throws IOException {
    backend = new FakeBackend();
  }

  @AfterEach
  void stop() {
    backend.close();
  }

  /** What a command left behind. */
  private record Outcome(int exitCode, String out, String err) {}

  private Outcome run(String... words) {
    List<String> all = new ArrayList<>(List.of("alerts"));
    all.addAll(List.of(words));
    all.addAll(List.of("--url", backend.url().toString()));
    return runAsIs(all.toArray(String[]::new));
  }

  private static Outcome runAsIs(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        InferwardenApp.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
            .execute(words);
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "list",
        "show",
        "ack",
        "verdict",
        "silence",
        "silence add",
        "silence list",
        "silence expire",
        "tail",
        "test",
        "redeliver",
        "deliveries"
      })
  void everyCommandExplainsItself(String command) {
    List<String> words = new ArrayList<>(List.of("alerts"));
    if (!command.isEmpty()) {
      words.addAll(List.of(command.split(" ")));
    }
    words.add("--help");

    Outcome outcome = runAsIs(words.toArray(String[]::new));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("Usage: inferwarden alerts");
  }

  @Test
  void listsWhatIsAskedForOneLineEach() {
    Incident incident = FakeBackend.opened("acme", 0);
    backend.put(incident);

    Outcome found = run("list", "--open", "--severity", "high", "--kind", "extraction");
    Outcome none = run("list", "--model", "other");
    Outcome wrong = run("list", "--severity", "worst");

    assertThat(found.out())
        .isEqualToNormalizingNewlines(
            "2026-03-02 14:02  high      open          "
                + incident.id()
                + "  extraction  principal:acme  fraud-scorer\n");
    assertThat(none.out()).contains("No such incidents.");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("info, low, medium, high, critical");
  }

  @Test
  void printsTheAnswerAsJsonWhenAsked() {
    backend.put(FakeBackend.opened("acme", 0));

    assertThat(run("list", "--json").out()).contains("\"subject\" : \"principal:acme\"");
  }

  @Test
  void showsAcknowledgesAndJudges() {
    Incident incident = FakeBackend.opened("acme", 0);
    backend.put(incident);

    Outcome acknowledged = run("ack", incident.id(), "--note", "rotating the key");
    Outcome judged = run("verdict", incident.id(), "true");
    Outcome shown = run("show", incident.id());

    assertThat(acknowledged.exitCode()).isZero();
    assertThat(judged.exitCode()).isZero();
    assertThat(shown.out())
        .contains("principal acme")
        .contains("acknowledged by loopback at 2026-03-02T15:00:00.000Z: rotating the key")
        .contains("judged true by loopback");
    assertThat(run("verdict", incident.id(), "maybe").err()).contains("true, false, benign");
    assertThat(run("show", "inc_none").exitCode()).isEqualTo(2);
  }

  @Test
  void namesOnTheTerminalCannotCommandIt() {
    Incident hostile = FakeBackend.opened("\u001b[2Jgone\r\nroot", 0);
    backend.put(hostile);

    assertThat(run("list").out()).doesNotContain("\u001b", "\r").contains("\\u{1b}[2Jgone");
    assertThat(run("show", hostile.id()).out()).doesNotContain("\u001b");
  }

  @Test
  void silencesAreAddedListedAndEnded() {
    Outcome added =
        run("silence", "add", "--model", "fraud-*", "--for", "2h", "--reason", "backfill");
    String id = added.out().substring(0, added.out().indexOf(' '));

    assertThat(added.exitCode()).isZero();
    assertThat(run("silence", "list").out()).contains(id).contains("backfill");
    assertThat(run("silence", "expire", id).exitCode()).isZero();
    assertThat(run("silence", "list").out()).contains("No silences.");
    assertThat(run("silence", "list", "--all").out()).contains("ended");
    assertThat(run("silence", "add", "--for", "2h", "--reason", "all of it").err())
        .contains("at least one condition");
  }

  @Test
  void aTestReportsEachSinkAndFailsWithOneOfThem() {
    Outcome good = run("test", "--sink", "soc");
    Outcome bad = run("test", "--route", "root/payments");

    assertThat(good.exitCode()).isZero();
    assertThat(good.out()).startsWith("soc").contains("delivered");
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.out()).contains("broken").contains("dead_lettered: answered 500");
    assertThat(run("test", "--sink", "nobody").err()).contains("soc, broken");
    assertThat(run("test").exitCode()).isEqualTo(2);
  }

  @Test
  void deliveriesAreListedAndMadeAgain() {
    assertThat(run("test", "--sink", "soc").exitCode()).isZero();

    assertThat(run("deliveries", "--sink", "soc").out()).contains("soc").contains("delivered");
    assertThat(run("deliveries", "--outcome", "folded").out()).contains("No such deliveries.");
    assertThat(run("redeliver", "--sink", "soc", "--since", "6h").out())
        .contains("7 notifications");
  }

  @Test
  void tailFollowsWhatIsKnownAndWhatComes() {
    backend.put(FakeBackend.opened("a", 0));
    backend.put(FakeBackend.opened("b", 1));

    Outcome all = run("tail", "--all", "--count", "2");

    assertThat(all.exitCode()).isZero();
    assertThat(all.out().lines()).hasSize(2);
    assertThat(all.out()).contains("opened").contains("principal:b");
  }

  @Test
  void whereNothingAnswersIsSaid() throws IOException {
    backend.close();

    Outcome outcome = run("list");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("nothing answers at http://127.0.0.1");
  }

  @Test
  void eventsAreReadAsTheStandardSaysAndWhatWasCutOffIsNone() throws IOException {
    String stream =
        "retry: 2000\n\n:\n\nid: 7\nevent: incident\ndata: {\"a\":\ndata:1}\n\n"
            + "id: 8\nevent: incident\ndata: {}";

    try (ServerSentEvents events =
        new ServerSentEvents(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)))) {
      assertThat(events.next())
          .contains(new ServerSentEvents.Event("7", "incident", "{\"a\":\n1}"));
      assertThat(events.next()).isEqualTo(Optional.empty());
    }
  }
}
