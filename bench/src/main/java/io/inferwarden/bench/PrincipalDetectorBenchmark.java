package io.inferwarden.bench;

import io.inferwarden.detectors.principal.LearningSample;
import io.inferwarden.detectors.principal.PrincipalBaseline;
import io.inferwarden.detectors.principal.PrincipalBaselineLearner;
import io.inferwarden.detectors.principal.PrincipalDetector;
import io.inferwarden.detectors.principal.PrincipalState;
import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import io.inferwarden.ingest.InferenceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Judging one event of 16 features of one principal, writing its state at a commit, and reading it
 * at a start.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PrincipalDetectorBenchmark {
  private static final int EVENTS = 8192;
  private static final int FEATURES = 16;
  private static final double SPEND = 1e-6;

  private final Observation[] events = observed().toArray(Observation[]::new);
  private final PrincipalBaseline baseline = learned();
  private final StateWriter writer = new StateWriter();
  private final PrincipalState[] states =
      Stream.generate(baseline::newState)
          .limit(SampleEvents.PRINCIPALS)
          .toArray(PrincipalState[]::new);
  private final byte[][] written = new byte[SampleEvents.PRINCIPALS][];
  private int next;

  /**
   * The states that the events are spread over: with more of them, an event finds one of them
   * anywhere in memory. A state is always judged by the same model.
   */
  @State(Scope.Thread)
  public static class Population {
    private static final int EVENTS_BEFORE = 20;

    /** Models with tables of their own, all with the same values. */
    @Param({"1", "20", "1000"})
    private int modelCount;

    /** A multiple of the events' principals; few enough to be in the near caches, or too many. */
    @Param({"200", "200000"})
    private int stateCount;

    private PrincipalDetector[] detectors = {};
    private PrincipalState[] states = {};

    @Setup
    public void fill(PrincipalDetectorBenchmark benchmark) {
      StateWriter baseline = new StateWriter();
      benchmark.baseline.writeTo(baseline);
      byte[] learned = baseline.toBytes();
      detectors =
          Stream.generate(() -> PrincipalBaseline.readFrom(new StateReader(learned)))
              .limit(modelCount)
              .map(PrincipalDetector::new)
              .toArray(PrincipalDetector[]::new);
      states =
          Stream.generate(benchmark.baseline::newState)
              .limit(stateCount)
              .toArray(PrincipalState[]::new);
      for (int i = 0; i < Math.max(EVENTS, EVENTS_BEFORE * stateCount); i++) {
        observe(i, benchmark.events[i & (EVENTS - 1)]);
      }
    }

    private double observe(int number, Observation event) {
      int place = place(number);
      PrincipalDetector detector = detectors[place % modelCount];
      double level = detector.observe(states[place], event, SPEND, 0);
      if (level >= 1) {
        detector.restart(states[place]);
      }
      return level;
    }

    private int place(int number) {
      int principal = (number & (EVENTS - 1)) % SampleEvents.PRINCIPALS;
      int statesOfPrincipal = stateCount / SampleEvents.PRINCIPALS;
      int one = Math.floorMod(number * 0x9e37_79b9, statesOfPrincipal);
      return SampleEvents.PRINCIPALS * one + principal;
    }
  }

  private static List<Observation> observed() {
    List<Observation> large = SampleEvents.observed(EVENTS);
    String[] names = new String[FEATURES];
    for (int i = 0; i < names.length; i++) {
      names[i] = large.get(0).featureName(i);
    }
    List<Observation> observed = new ArrayList<>(EVENTS);
    for (Observation event : large) {
      observed.add(new SmallEvent(event, names));
    }
    return observed;
  }

  private static PrincipalBaseline learned() {
    List<InferenceEvent> events = SampleEvents.parsed(EVENTS);
    List<Observation> observations = observed();
    List<LearningSample> samples = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      samples.add(new LearningSample(events.get(i).principal(), observations.get(i)));
    }
    return PrincipalBaselineLearner.learn(samples).baseline().orElseThrow();
  }

  @Setup
  public void fill() {
    PrincipalDetector detector = new PrincipalDetector(baseline);
    for (int i = 0; i < EVENTS; i++) {
      PrincipalState state = states[i % SampleEvents.PRINCIPALS];
      if (detector.observe(state, events[i], SPEND, 0) >= 1) {
        detector.restart(state);
      }
    }
    for (int i = 0; i < states.length; i++) {
      writer.reset();
      states[i].writeTo(writer);
      written[i] = writer.toBytes();
    }
  }

  @Benchmark
  public double observe(Population population) {
    int number = next++;
    return population.observe(number, events[number & (EVENTS - 1)]);
  }

  @Benchmark
  public int writeState() {
    writer.reset();
    states[next++ % SampleEvents.PRINCIPALS].writeTo(writer);
    return writer.size();
  }

  @Benchmark
  public PrincipalState readState() {
    return PrincipalState.readFrom(new StateReader(written[next++ % SampleEvents.PRINCIPALS]));
  }

  /**
   * An event with the first features of another, in so little memory that reading it costs as much
   * as reading the event that was just parsed.
   */
  private static final class SmallEvent implements Observation {
    private final long timeMillis;
    private final String[] names;
    private final double[] numbers;
    private final @Nullable String label;
    private final double[] scores;
    private final long inputFingerprint;

    SmallEvent(Observation event, String[] names) {
      this.timeMillis = event.timeMillis();
      this.names = names;
      this.numbers = new double[names.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = event.featureNumber(i);
      }
      this.label = event.label();
      this.scores = new double[event.scoreCount()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = event.score(i);
      }
      this.inputFingerprint = event.inputFingerprint();
    }

    @Override
    public long timeMillis() {
      return timeMillis;
    }

    @Override
    public @Nullable String label() {
      return label;
    }

    @Override
    public long inputFingerprint() {
      return inputFingerprint;
    }

    @Override
    public int featureCount() {
      return numbers.length;
    }

    @Override
    public String featureName(int index) {
      return names[index];
    }

    @Override
    public double featureNumber(int index) {
      return numbers[index];
    }

    @Override
    public @Nullable String featureWord(int index) {
      return null;
    }

    @Override
    public int scoreCount() {
      return scores.length;
    }

    @Override
    public double score(int index) {
      return scores[index];
    }

    @Override
    public double regressionValue() {
      return Double.NaN;
    }
  }
}
