package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import io.inferwarden.alerting.feed.IncidentAction;
import io.inferwarden.alerting.feed.IncidentActionJson;
import io.inferwarden.app.backtest.BacktestDriver;
import io.inferwarden.app.baseline.BaselineFile;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.cluster.CompactedTopics;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoSlice;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.RunConfigFile;
import io.inferwarden.app.settings.SettingsOf;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model's world changes, which is meant: somebody says so, and the new usual is learned. */
@Tag("slow")
@Timeout(240)
class RelearnIT {
  private static final String MODEL = "churn-predictor";
  private static final String APPLICATION = "relearn";
  private static final Instant START = Instant.parse("2025-06-02T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** The world's drift begins at hour 34. */
  private static final int DRIFTED_HOUR = 34;

  private static final int NEW_USUAL_HOUR = 48;
  private static final int BACK_HOUR = 76;

  private final List<DemoEvent> events =
      RecordedWorld.get().events().stream().filter(event -> event.model().equals(MODEL)).toList();
  private String bootstrapServers = "";
  private Path config = Path.of("");

  /** What a command left behind. */
  private record Outcome(int exitCode, String printed) {}

  @Test
  void aChangeThatWasMeantIsLearnedAndAFurtherOneIsFound(@TempDir Path folder) throws Exception {
    try (TestBroker broker = new TestBroker()) {
      bootstrapServers = broker.bootstrapServers();
      config =
          Runs.configFile(
              bootstrapServers,
              APPLICATION,
              folder,
              RecordedWorld.policy(Duration.ofMinutes(30)), // nobody is idle between the parts
              "");
      try (Deployment ignored =
          Deployment.start(RunConfigFile.read(config), 2, List.of(), Map.of(), Clock.systemUTC())) {
        Runs.send(bootstrapServers, events, 0);
        Incident drift = await("the drift is found", this::drift);
        BaselineRecord before = inForce();

        Outcome learned = learnFromTopic(folder.resolve("again.baselines"));
        Outcome unjudged = relearn(drift);
        judgeBenign(drift);
        Outcome tooShort = run("--incident", drift.id(), "--learn", "30h", "--yes");
        Outcome relearned = relearn(drift);
        BaselineRecord after = inForce();
        awaitUse(after);
        Runs.send(bootstrapServers, later(DRIFTED_HOUR, 48, NEW_USUAL_HOUR), 0);
        Runs.send(bootstrapServers, later(DRIFTED_HOUR, 48, 62), 0);
        Runs.send(bootstrapServers, later(10, 24, BACK_HOUR), 0);
        await(
            "the way back is found",
            () -> foundIn(BACK_HOUR, 90).stream().filter(Incident::isOpen).findFirst());

        assertThat(learned.exitCode()).as(learned.printed()).isZero();
        assertThat(BaselineFile.read(folder.resolve("again.baselines")))
            .extracting(BaselineRecord::id)
            .containsExactly(before.id());
        assertThat(unjudged.exitCode()).isEqualTo(2);
        assertThat(unjudged.printed()).contains("alerts verdict " + drift.id() + " benign");
        assertThat(tooShort.exitCode()).isEqualTo(1);
        assertThat(tooShort.printed()).contains("too little to learn from").contains("30h");
        assertThat(relearned.exitCode()).as(relearned.printed()).isZero();
        assertThat(relearned.printed())
            .contains("~ " + before.id())
            .contains(after.id())
            .contains("note: principals: ")
            .contains("Promoted 1 baselines.");
        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(after.primary()).isTrue();
        assertThat(after.origin())
            .startsWith("relearned by eve after incident " + drift.id() + " (benign, judged by ann")
            .endsWith(": new market)");
        assertThat(foundIn(NEW_USUAL_HOUR, BACK_HOUR)).isEmpty();
        assertThat(alarmsOfNewUsual(before)).isNotEmpty();
        assertThat(alarmsOfNewUsual(after)).isEmpty();
      }
    }
  }

  private Outcome learnFromTopic(Path out) {
    return execute(
        "baseline",
        "learn",
        "--config",
        config.toString(),
        "--since",
        START.toString(),
        "--model",
        MODEL,
        "--out",
        out.toString());
  }

  private Outcome relearn(Incident drift) {
    return run("--incident", drift.id(), "--learn", "10h", "--by", "eve", "--yes");
  }

  private Outcome run(String... more) {
    String[] words = new String[4 + more.length];
    System.arraycopy(
        new String[] {"baseline", "relearn", "--config", config.toString()}, 0, words, 0, 4);
    System.arraycopy(more, 0, words, 4, more.length);
    return execute(words);
  }

  private static Outcome execute(String... words) {
    StringWriter printed = new StringWriter();
    PrintWriter writer = new PrintWriter(printed, true);
    int exitCode = InferwardenApp.commandLine(writer, writer).execute(words);
    return new Outcome(exitCode, printed.toString());
  }

  private void judgeBenign(Incident incident) throws Exception {
    Judgement judgement = new Judgement(IncidentVerdict.BENIGN_CHANGE, "ann", 0, "new market");
    CompactedTopics.put(
        connection(),
        Topics.INCIDENT_ACTIONS,
        incident.subject(),
        IncidentActionJson.toJson(new IncidentAction.Judge(incident, judgement)));
    await("the verdict is in the book", () -> drift().filter(known -> isJudged(known)));
  }

  private static boolean isJudged(Incident incident) {
    return incident.handling().judgement() != null;
  }

  private Optional<Incident> drift() throws Exception {
    return CompactedTopics.read(connection(), Topics.INCIDENT_BOOK).values().stream()
        .map(IncidentJson::fromJson)
        .filter(incident -> incident.kind() == IncidentKind.INPUT_DRIFT)
        .findFirst();
  }

  private BaselineRecord inForce() throws Exception {
    List<byte[]> known = List.copyOf(CompactedTopics.read(connection(), Topics.BASELINES).values());
    assertThat(known).hasSize(1);
    return BaselineRecord.fromBytes(known.get(0));
  }

  /** Each partition says when it counts under a baseline. */
  private void awaitUse(BaselineRecord baseline) throws Exception {
    try (CommittedRecords told = new CommittedRecords(bootstrapServers, Topics.PANE_SUMMARIES)) {
      Patience.until(
          "all partitions use the new baseline",
          PATIENCE,
          () ->
              told.soFar().stream()
                      .filter(one -> new String(one.value(), UTF_8).contains(baseline.id()))
                      .count()
                  >= TestBroker.PARTITIONS);
    }
  }

  /** Alarms of the model within some hours. */
  private List<Incident> foundIn(int afterHour, int untilHour) {
    try (CommittedRecords incidents = new CommittedRecords(bootstrapServers, Topics.INCIDENTS)) {
      return incidents.soFar().stream()
          .map(one -> IncidentJson.fromJson(one.value()))
          .filter(incident -> incident.pages() && incident.subject().equals("model:" + MODEL))
          .filter(incident -> incident.lastSeenAtMillis() > atHour(afterHour))
          .filter(incident -> incident.lastSeenAtMillis() <= atHour(untilHour))
          .toList();
    }
  }

  /** What the new usual would raise in a deployment that knows nothing but that baseline. */
  private List<String> alarmsOfNewUsual(BaselineRecord baseline) throws Exception {
    List<String> alarms = new ArrayList<>();
    Policy policy = RecordedWorld.policy(Duration.ofMinutes(30));
    try (BacktestDriver driver =
        new BacktestDriver(
            SettingsOf.policy(policy, 1, false),
            policy,
            List.of(baseline),
            Instant.ofEpochMilli(atHour(BACK_HOUR)),
            incident -> {
              if (incident.pages()) {
                alarms.add(incident.title());
              }
            })) {
      later(DRIFTED_HOUR, 48, NEW_USUAL_HOUR).forEach(event -> driver.accept(event.json()));
      driver.finish();
    }
    return alarms;
  }

  /** What happened within some hours, once more from a later hour on. */
  private List<DemoEvent> later(int fromHour, int untilHour, int atHour) {
    List<DemoEvent> part =
        events.stream()
            .filter(event -> event.timeMillis() >= atHour(fromHour))
            .filter(event -> event.timeMillis() < atHour(untilHour))
            .toList();
    return DemoSlice.renamed(
        DemoSlice.shifted(part, (atHour - fromHour) * DemoSlice.HOUR_MILLIS), "later-" + atHour);
  }

  private static long atHour(int hour) {
    return START.plus(Duration.ofHours(hour)).toEpochMilli();
  }

  private Map<String, Object> connection() {
    return Map.of("bootstrap.servers", bootstrapServers);
  }

  private static <T> T await(String expectation, Callable<Optional<T>> condition) throws Exception {
    Patience.until(expectation, PATIENCE, () -> condition.call().isPresent());
    return condition.call().orElseThrow();
  }
}
