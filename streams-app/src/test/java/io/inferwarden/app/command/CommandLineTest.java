package io.inferwarden.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.app.InferwardenApp;
import io.inferwarden.app.baseline.BaselineFile;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.demo.DemoSlice;
import io.inferwarden.app.policy.Policy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as a shell sees them: what they print, and how they end. */
class CommandLineTest {
  private static final String MODEL = "credit-risk";

  @TempDir Path folder;

  /** What a command left behind. */
  private record Outcome(int exitCode, String out, String err) {}

  private static Outcome run(Object... arguments) {
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
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
        "demo",
        "run",
        "collect",
        "dispatch",
        "replay",
        "baseline",
        "baseline learn",
        "baseline relearn",
        "baseline show",
        "baseline diff",
        "baseline export",
        "baseline promote",
        "backtest",
        "policy",
        "policy check",
        "alerts show",
        "alerts ack",
        "alerts verdict"
      })
  void everyCommandExplainsItself(String command) {
    Outcome outcome = run((Object[]) (command + " --help").strip().split(" ", -1));

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("Usage: inferwarden " + command).contains("--help");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void saysWhichVersionItIs() {
    assertThat(run("--version").out()).startsWith("inferwarden ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frobnicate",
        "backtest --frobnicate",
        "backtest",
        "policy",
        "baseline",
        "replay",
        "backtest --events a --learn soon",
        "demo --exit=maybe-not"
      })
  void wrongUsageEndsWithTwoAndAReason(String command) {
    Outcome outcome = run((Object[]) command.split(" ", -1));

    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(outcome.err()).isNotBlank().doesNotContain("\tat ");
  }

  @Test
  void policyCheckExplainsEverySettingOfTheDefault() {
    Outcome outcome = run("policy", "check");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains(Policy.defaults().id());
    for (String line : Policy.defaults().explain()) {
      assertThat(outcome.out()).contains(line);
    }
  }

  @Test
  void policyCheckWarnsOfADeclarationWithoutAnEnd() throws IOException {
    Path file = folder.resolve("policy.yaml");
    Files.writeString(file, "declared: [{principal: k9, role: batch, owner: o, reason: r}]\n");

    Outcome outcome = run("policy", "check", file);

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .startsWith("warning: " + file + ": declared[0].until: is missing")
        .hasLineCount(1);
  }

  @Test
  void policyCheckWarnsOfAlertsOnlyWhereMoreThanTheCollectorIsConfigured() throws IOException {
    String collector =
        """
        kafka: {bootstrapServers: "localhost:9092"}
        instance: {id: c, stateFolder: state}
        collector: {keys: [{name: gateway, sha256: "%s"}]}
        audit: {retention: 400d}
        """
            .formatted("0".repeat(64));
    Path alone = Files.writeString(folder.resolve("collector.yaml"), collector);
    Path whole = Files.writeString(folder.resolve("run.yaml"), collector + "operations: {port: 1}");

    assertThat(run("policy", "check", alone).err()).doesNotContain("nobody is told");
    assertThat(run("policy", "check", alone).out()).contains("only the collector is configured");
    assertThat(run("policy", "check", whole).err()).contains("so nobody is told of anything");
  }

  @Test
  void policyCheckPrintsJsonThatIsThePolicy() {
    Outcome outcome = run("policy", "check", "--json");

    assertThat(Policy.fromJson(outcome.out())).isEqualTo(Policy.defaults());
  }

  @Test
  void policyCheckSaysFileLineAndFieldOfEachMistake() throws IOException {
    Path file = folder.resolve("policy.yaml");
    Files.writeString(file, "learning: 24h\npane: 7h\nbudgett: 3\n");

    Outcome outcome = run("policy", "check", file);

    assertThat(outcome.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(outcome.err())
        .contains(file + ":2: pane: must divide 24h")
        .contains(file + ":3: ")
        .contains("budgett");
  }

  @Test
  void aMissingFileIsSaidInOneLine() {
    Path missing = folder.resolve("missing.jsonl");
    for (Outcome outcome :
        List.of(
            run("backtest", "--events", missing),
            run("replay", missing),
            run("policy", "check", missing),
            run("baseline", "learn", "--events", missing, "--out", folder.resolve("b")),
            run("baseline", "show", "--file", missing),
            run("run", "--config", missing))) {
      assertThat(outcome.exitCode()).isEqualTo(ExitCodes.BAD_INPUT);
      assertThat(outcome.err().strip().lines()).as(outcome.err()).hasSize(1);
      assertThat(outcome.err()).contains("missing.jsonl");
    }
  }

  @Test
  void backtestReportsWhatWouldHaveBeenRaised() throws IOException {
    Path trace = trace("events.jsonl", 0, 48);
    Path report = folder.resolve("report.json");

    Outcome outcome = run("backtest", "--events", trace, "--report", report, "--json");

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    JsonNode printed = new ObjectMapper().readTree(outcome.out());
    JsonNode written = new ObjectMapper().readTree(Files.readString(report));
    assertThat(written).isEqualTo(printed);
    assertThat(printed.path("events").asLong()).isEqualTo(lines(trace));
    assertThat(printed.path("rejected").asLong()).isZero();
    assertThat(printed.path("incidents")).isNotEmpty();
    assertThat(printed.path("incidents"))
        .extracting(incident -> incident.path("subject").asText())
        .contains("principals:" + MODEL, "model:" + MODEL);
  }

  @Test
  void backtestSummarisesForPeople() throws IOException {
    Path trace = trace("events.jsonl", 0, 6);
    Path report = folder.resolve("report.json");

    Outcome outcome = run("backtest", "--events", trace, "--report", report);

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out()).contains("Report: " + report).doesNotContain("{");
  }

  @Test
  void backtestCountsLinesThatAreNoEvents() throws IOException {
    Path trace = trace("events.jsonl", 0, 3);
    long events = lines(trace);
    Files.writeString(trace, Files.readString(trace) + "not json\n{\"time\":1}\n");

    Outcome outcome = run("backtest", "--events", trace, "--json");

    JsonNode printed = new ObjectMapper().readTree(outcome.out());
    assertThat(printed.path("events").asLong()).isEqualTo(events);
    assertThat(printed.path("rejected").asLong()).isEqualTo(2);
  }

  @Test
  void learnsShowsAndComparesBaselines() throws IOException {
    Path trace = trace("events.jsonl", 0, 25);
    Path first = folder.resolve("first.baselines");
    Path second = folder.resolve("second.baselines");

    Outcome learned = run("baseline", "learn", "--events", trace, "--out", first);
    run("baseline", "learn", "--events", trace, "--out", second);
    Outcome shown = run("baseline", "show", "--file", first);
    Outcome same = run("baseline", "diff", first, second);

    assertThat(learned.exitCode()).as(learned.err()).isZero();
    assertThat(learned.out()).contains("Learned 1 baselines into " + first);
    List<BaselineRecord> baselines = BaselineFile.read(first);
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.out()).contains(baselines.get(0).id()).contains(MODEL);
    assertThat(run("baseline", "show", "--file", first, "--model", "other").out()).isEmpty();
    assertThat(same.exitCode()).isZero();
    assertThat(same.out()).isEmpty();
  }

  @Test
  void aDifferenceOfBaselinesIsSaidAndEndsWithOne() throws IOException {
    Path trace = trace("events.jsonl", 0, 25);
    Path later = trace("later.jsonl", 20, 47);
    Path first = folder.resolve("first.baselines");
    Path second = folder.resolve("second.baselines");
    Path none = folder.resolve("none.baselines");
    BaselineFile.write(none, List.of());
    run("baseline", "learn", "--events", trace, "--out", first);
    run("baseline", "learn", "--events", later, "--out", second);

    assertThat(run("baseline", "diff", first, second).exitCode()).isEqualTo(ExitCodes.CHECK_FAILED);
    assertThat(run("baseline", "diff", first, second).out()).startsWith("~ ");
    assertThat(run("baseline", "diff", none, second).out()).startsWith("+ ");
    assertThat(run("baseline", "diff", first, none).out()).startsWith("- ");
  }

  @Test
  void learningNothingIsAFailedCheck() throws IOException {
    Path trace = trace("events.jsonl", 0, 2);

    Outcome outcome =
        run("baseline", "learn", "--events", trace, "--out", folder.resolve("b.baselines"));

    assertThat(outcome.exitCode()).as(outcome.out()).isEqualTo(ExitCodes.CHECK_FAILED);
    assertThat(outcome.out()).contains("Learned 0 baselines");
  }

  @Test
  void backtestUsesBaselinesThatAreKnownBeforehand() throws IOException {
    Path baselines = folder.resolve("known.baselines");
    run("baseline", "learn", "--events", trace("day.jsonl", 0, 25), "--out", baselines);
    Path rest = trace("rest.jsonl", 24, 48);

    Outcome unaware = run("backtest", "--events", rest, "--json");
    Outcome aware = run("backtest", "--events", rest, "--baseline", baselines, "--json");

    assertThat(pages(unaware)).isZero();
    assertThat(pages(aware)).isPositive();
  }

  private static int pages(Outcome backtest) throws IOException {
    int pages = 0;
    for (JsonNode incident : new ObjectMapper().readTree(backtest.out()).path("incidents")) {
      pages += incident.path("pages").asBoolean() ? 1 : 0;
    }
    return pages;
  }

  private static long lines(Path file) throws IOException {
    return Files.readString(file).lines().count();
  }

  /** A file of the simulated deployment's events of one model. */
  private Path trace(String name, int fromHour, int untilHour) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (byte[] json : DemoSlice.merged(DemoSlice.of(MODEL, fromHour, untilHour))) {
      lines.write(json);
      lines.write('\n');
    }
    Path file = folder.resolve(name);
    Files.write(file, lines.toByteArray());
    return file;
  }
}
