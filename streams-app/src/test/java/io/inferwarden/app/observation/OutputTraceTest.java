package io.inferwarden.app.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.detectors.budget.AlarmBudget;
import io.inferwarden.detectors.model.LearningOutcome;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.model.ModelBaselineLearner;
import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.ModelState;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.source.EventFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The labelled trace of generating models: 24 hours learned of 48, hourly panes, half of a budget
 * of one false incident a week. Skipped without the shared folder.
 */
class OutputTraceTest {
  private static final long HOUR = 3_600_000;
  private static final int LEARNED_HOURS = 24;
  private static final int MOST_EVENTS = 200;

  @Test
  void findsEveryChangeOfAGeneratingModelSoonAndLeavesTheStableOnesAlone() throws IOException {
    Path trace =
        Path.of(System.getProperty("inferwarden.shared", ""), "traces", "llm-outputs-s54.jsonl.gz");
    assumeThat(trace).exists();
    Map<String, List<InferenceEvent>> models = read(trace);
    JsonNode labels =
        new ObjectMapper()
            .readTree(trace.resolveSibling("llm-outputs-s54.labels.json").toFile())
            .get("models");

    assertThat(labels).hasSize(8);
    for (JsonNode label : labels) {
      List<InferenceEvent> events = models.get(label.get("model").asText());
      long alarm = firstAlarm(events, models.size());
      if (label.get("expected").asText().equals("alert")) {
        long at = label.get("at").asLong();
        assertThat(alarm).as(label.toString()).isBetween(at, Long.MAX_VALUE - 1);
        assertThat(events)
            .filteredOn(event -> event.timeMillis() >= at && event.timeMillis() < alarm)
            .as(label.toString())
            .hasSizeLessThanOrEqualTo(MOST_EVENTS);
      } else {
        assertThat(alarm).as(label.toString()).isEqualTo(Long.MAX_VALUE);
      }
    }
  }

  /** End of the first pane that alarms; the largest number when none does. */
  private static long firstAlarm(List<InferenceEvent> events, int models) {
    long start = Math.floorDiv(events.get(0).timeMillis(), HOUR) * HOUR;
    String version = events.get(0).version();
    List<Observation> sample = new ArrayList<>();
    TreeMap<Long, List<InferenceEvent>> panes = new TreeMap<>();
    for (InferenceEvent event : events) {
      long pane = Math.floorDiv(event.timeMillis(), HOUR) * HOUR;
      if (pane < start + LEARNED_HOURS * HOUR) {
        sample.add(new EventObservation(event));
      } else {
        panes.computeIfAbsent(pane, each -> new ArrayList<>()).add(event);
      }
    }
    LearningOutcome outcome = ModelBaselineLearner.learn(sample, new TreeMap<>(), HOUR, .002);
    ModelBaseline baseline = ((LearningOutcome.Learned) outcome).baseline();
    ModelDetector detector = new ModelDetector(baseline);
    ModelState state = detector.newState();
    double spend = AlarmBudget.ofWeekly(1).modelPaneSpend(HOUR, models);
    for (Map.Entry<Long, List<InferenceEvent>> pane : panes.entrySet()) {
      PaneCounts counts = baseline.newPaneCounts();
      for (InferenceEvent event : pane.getValue()) {
        EventObservation observation = new EventObservation(event);
        counts.addInputs(observation);
        if (event.version().equals(version)) {
          counts.addOutputs(observation);
        }
      }
      if (detector.step(state, pane.getKey(), counts, spend) >= 1) {
        return pane.getKey() + HOUR;
      }
    }
    return Long.MAX_VALUE;
  }

  private static Map<String, List<InferenceEvent>> read(Path trace) throws IOException {
    EventParser parser = new EventParser();
    Map<String, List<InferenceEvent>> models = new TreeMap<>();
    try (EventFileReader reader = EventFileReader.open(trace)) {
      while (reader.next()) {
        InferenceEvent event = new InferenceEvent();
        assertThat(
                parser.parse(
                    reader.line(), reader.offset(), reader.length(), Long.MAX_VALUE, event))
            .isNull();
        models.computeIfAbsent(event.model(), model -> new ArrayList<>()).add(event);
      }
    }
    return models;
  }
}
