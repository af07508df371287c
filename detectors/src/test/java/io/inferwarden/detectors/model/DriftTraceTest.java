package io.inferwarden.detectors.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.detectors.budget.AlarmBudget;
import io.inferwarden.detectors.evidence.NegativeBinomialRate;
import io.inferwarden.detectors.evidence.RateBaseline;
import io.inferwarden.detectors.evidence.RateLevels;
import io.inferwarden.detectors.evidence.RateState;
import io.inferwarden.detectors.state.StateWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The labelled drift traces: 60 hours learned of 144, hourly panes, half of a budget of one false
 * incident a week. Skipped without the shared folder.
 */
class DriftTraceTest {
  private static final long HOUR = 3_600_000;
  private static final int LEARNED_HOURS = 60;
  private static final int HOURS = 144;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a trace came to. */
  private static final class Tally {
    private int found;
    private int changes;
    private int falseAlarms;
    private int falseSilences;
    private long learnNanos;
    private long stepNanos;
    private int steps;
    private double bytes;
    private final List<Integer> delays = new ArrayList<>();
  }

  /** One event and the version that answered it. */
  private record Recorded(RecordedObservation observation, String version) {}

  @Test
  void findsTheChangesOfTheAdultTrace() throws IOException {
    Tally tally = replay("drift-adult-logreg-s31");

    assertThat(tally.changes).isEqualTo(21);
    assertThat(tally.found).isGreaterThanOrEqualTo(18);
    assertThat(tally.falseAlarms).isLessThanOrEqualTo(1);
  }

  @Test
  void findsTheChangesOfTheElectricityTrace() throws IOException {
    Tally tally = replay("drift-elec-rf-s32");

    assertThat(tally.changes).isEqualTo(20);
    assertThat(tally.found).isGreaterThanOrEqualTo(17);
    assertThat(tally.falseAlarms).isLessThanOrEqualTo(1);
  }

  private static Tally replay(String name) throws IOException {
    String shared = System.getProperty("inferwarden.shared", "");
    Path trace = Path.of(shared, "traces", name + ".jsonl.gz");
    assumeThat(trace).exists();
    Map<String, List<Recorded>> models = read(trace);
    JsonNode labels =
        JSON.readTree(trace.resolveSibling(name + ".labels.json").toFile()).get("models");
    AlarmBudget budget = AlarmBudget.ofWeekly(1);
    Tally tally = new Tally();
    for (JsonNode label : labels) {
      replay(models.get(label.get("model").asText()), label, budget, models.size(), tally);
    }
    tally.delays.sort(null);
    System.out.printf(
        "%s: found %d of %d, false %d, silences %d, median delay %d events; learn %.1f ms, step %.3f"
            + " ms, state %.0f bytes%n",
        name,
        tally.found,
        tally.changes,
        tally.falseAlarms,
        tally.falseSilences,
        tally.delays.get(tally.delays.size() / 2),
        tally.learnNanos / 1e6 / models.size(),
        tally.stepNanos / 1e6 / tally.steps,
        tally.bytes / models.size());
    return tally;
  }

  private static void replay(
      List<Recorded> events, JsonNode label, AlarmBudget budget, int models, Tally tally) {
    long start = Math.floorDiv(events.get(0).observation().timeMillis(), HOUR) * HOUR;
    List<RecordedObservation> sample = new ArrayList<>();
    SortedMap<Long, Long> learned = new TreeMap<>();
    List<List<Recorded>> panes = new ArrayList<>();
    for (int w = 0; w < HOURS; w++) {
      panes.add(new ArrayList<>());
    }
    for (Recorded event : events) {
      int pane = (int) ((event.observation().timeMillis() - start) / HOUR);
      if (pane < LEARNED_HOURS) {
        sample.add(event.observation());
        learned.merge(start + pane * HOUR, 1L, Long::sum);
      } else if (pane < HOURS) {
        panes.get(pane).add(event);
      }
    }
    long before = System.nanoTime();
    LearningOutcome outcome = ModelBaselineLearner.learn(sample, learned, HOUR, .002);
    tally.learnNanos += System.nanoTime() - before;
    ModelBaseline baseline = ((LearningOutcome.Learned) outcome).baseline();
    tally.changes += label.get("expected").asText().equals("alert") ? 1 : 0;
    watchRate(learned, panes, start, budget.silencePaneSpend(HOUR, models), label, tally);
    String says = "-";
    ModelDetector detector = new ModelDetector(baseline);
    ModelState state = detector.newState();
    double spend = budget.modelPaneSpend(HOUR, models);
    for (int w = LEARNED_HOURS; w < HOURS && says.equals("-"); w++) {
      PaneCounts counts = count(panes.get(w), baseline, events.get(0).version());
      long stepStart = System.nanoTime();
      double level = detector.step(state, start + w * HOUR, counts, spend);
      tally.stepNanos += System.nanoTime() - stepStart;
      tally.steps++;
      if (level >= 1) {
        says = judge(detector, state, events, label, start + (w + 1) * HOUR, tally);
      }
    }
    print(label, state, says, tally);
  }

  /** Inputs of all versions, outputs of the learned one. */
  private static PaneCounts count(List<Recorded> pane, ModelBaseline baseline, String version) {
    PaneCounts counts = baseline.newPaneCounts();
    for (Recorded event : pane) {
      counts.addInputs(event.observation());
      if (event.version().equals(version)) {
        counts.addOutputs(event.observation());
      }
    }
    return counts;
  }

  private static void print(JsonNode label, ModelState state, String says, Tally tally) {
    StateWriter writer = new StateWriter();
    state.writeTo(writer);
    tally.bytes += writer.size();
    System.out.printf(
        "  %-20s %-6s %-9s mean L %.3f +- %.3f  %s%n",
        label.get("change").asText(),
        label.get("severity").asText(),
        label.get("expected").asText(),
        state.meanLikelihoodRatio(),
        state.likelihoodRatioStandardError(),
        says);
  }

  private static String judge(
      ModelDetector detector,
      ModelState state,
      List<Recorded> events,
      JsonNode label,
      long end,
      Tally tally) {
    long at = label.get("at").asLong();
    int delay = 0;
    for (Recorded event : events) {
      long time = event.observation().timeMillis();
      delay += time >= at && time < end ? 1 : 0;
    }
    boolean isFound = label.get("expected").asText().equals("alert") && end > at;
    if (isFound) {
      tally.found++;
      tally.delays.add(delay);
    } else {
      tally.falseAlarms++;
    }
    CauseShare cause = detector.explain(state).get(0);
    double onset = (detector.onsetMillis(state) - at) / (double) HOUR;
    return "%s after %d events, onset %+.1f h, %s %.0f%% %s"
        .formatted(
            isFound ? "found" : "FALSE",
            delay,
            onset,
            cause.signal(),
            100 * cause.share(),
            cause.bins().subList(0, 2));
  }

  private static void watchRate(
      SortedMap<Long, Long> learned,
      List<List<Recorded>> panes,
      long start,
      double spend,
      JsonNode label,
      Tally tally) {
    RateBaseline rate = RateBaseline.learn(learned, HOUR).orElseThrow();
    RateState state = NegativeBinomialRate.newState();
    double up = 0;
    double down = 0;
    // The last pane of a trace is cut off.
    for (int w = LEARNED_HOURS; w < HOURS - 1; w++) {
      long count = panes.get(w).size();
      RateLevels levels = NegativeBinomialRate.step(rate, state, start + w * HOUR, count, spend);
      up = Math.max(up, levels.up());
      down = Math.max(down, levels.down());
    }
    tally.falseSilences += down >= 1 ? 1 : 0;
    if (up >= 1 || down >= 1 || !label.get("expected").asText().equals("alert")) {
      System.out.printf(
          "    rate of %s: up %.3g, down %.3g, size %.1f%n",
          label.get("change").asText(), up, down, rate.size());
    }
  }

  private static Map<String, List<Recorded>> read(Path trace) throws IOException {
    Map<String, List<Recorded>> models = new LinkedHashMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(trace)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode event = JSON.readTree(line);
        models
            .computeIfAbsent(event.get("model").asText(), model -> new ArrayList<>())
            .add(new Recorded(observation(event), event.get("version").asText()));
      }
    }
    return models;
  }

  private static RecordedObservation observation(JsonNode event) {
    Map<String, Object> features = new LinkedHashMap<>();
    event
        .at("/input/features")
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              features.put(
                  entry.getKey(),
                  value.isNull() ? null : value.isNumber() ? value.asDouble() : value.asText());
            });
    JsonNode scores = event.at("/output/scores");
    double[] values = new double[scores.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = scores.get(i).asDouble();
    }
    String label = event.at("/output/label").asText();
    return RecordedObservation.of(event.get("time").asLong(), features, label, values);
  }
}
