package io.inferwarden.bench;

import io.inferwarden.detectors.model.LearningOutcome;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.model.ModelBaselineLearner;
import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.ModelState;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Counting one event in its pane, judging one pane of a model with 22 signals, and writing and
 * reading its state.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ModelDetectorBenchmark {
  private static final int EVENTS = 4096;
  private static final int PANES_BEFORE = 26;
  private static final int PANE_EVENTS = 170;
  private static final double SPEND = 1e-4;
  private static final double TOLERANCE_PSI = .002;

  private final Observation[] events = SampleEvents.observed(EVENTS).toArray(Observation[]::new);
  private final ModelBaseline baseline = learned();
  private final ModelDetector detector = new ModelDetector(baseline);
  private final ModelState state = detector.newState();
  private final PaneCounts open = baseline.newPaneCounts();
  private final PaneCounts whole = whole();
  private final StateWriter writer = new StateWriter();
  private byte[] written = {};
  private int next;
  private long paneStartMillis = SampleEvents.START_MILLIS + 24 * SampleEvents.PANE_MILLIS;

  /** Learned from a day of sample events. */
  static ModelBaseline learned() {
    List<Observation> observations = SampleEvents.observed(EVENTS);
    SortedMap<Long, Long> totals = new TreeMap<>();
    for (Observation each : observations) {
      long start = each.timeMillis() / SampleEvents.PANE_MILLIS * SampleEvents.PANE_MILLIS;
      totals.merge(start, 1L, Long::sum);
    }
    LearningOutcome outcome =
        ModelBaselineLearner.learn(observations, totals, SampleEvents.PANE_MILLIS, TOLERANCE_PSI);
    if (outcome instanceof LearningOutcome.Learned learned) {
      return learned.baseline();
    }
    throw new IllegalStateException("the sample must be enough to learn from, was " + outcome);
  }

  /** Judges some panes, so that the state holds what it will hold. */
  @Setup
  public void fill() {
    for (int i = 0; i < PANES_BEFORE; i++) {
      judgePane();
    }
    writeState();
    written = writer.toBytes();
  }

  private PaneCounts whole() {
    PaneCounts counts = baseline.newPaneCounts();
    for (int i = 0; i < PANE_EVENTS; i++) {
      counts.add(events[i]);
    }
    return counts;
  }

  @Benchmark
  public long countEvent() {
    open.add(events[next++ & (EVENTS - 1)]);
    return open.inputEvents();
  }

  @Benchmark
  public double judgePane() {
    double level = detector.step(state, paneStartMillis, whole, SPEND);
    paneStartMillis += SampleEvents.PANE_MILLIS;
    if (level >= 1) {
      detector.restart(state);
    }
    return level;
  }

  @Benchmark
  public int writeState() {
    writer.reset();
    state.writeTo(writer);
    return writer.size();
  }

  @Benchmark
  public ModelState readState() {
    return detector.readState(new StateReader(written));
  }
}
