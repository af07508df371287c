package io.inferwarden.bench;

import io.inferwarden.detectors.principal.LearningSample;
import io.inferwarden.detectors.principal.PrincipalBaseline;
import io.inferwarden.detectors.principal.PrincipalBaselineLearner;
import io.inferwarden.detectors.principal.PrincipalDetector;
import io.inferwarden.detectors.principal.PrincipalState;
import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateWriter;
import io.inferwarden.ingest.InferenceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Judging one event of one principal, and writing its state at a commit. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PrincipalDetectorBenchmark {
  private static final int EVENTS = 8192;
  private static final double SPEND = 1e-6;

  private final Observation[] events = SampleEvents.observed(EVENTS).toArray(Observation[]::new);
  private final PrincipalBaseline baseline = learned();
  private final PrincipalDetector detector = new PrincipalDetector(baseline);
  private final PrincipalState[] states =
      Stream.generate(baseline::newState)
          .limit(SampleEvents.PRINCIPALS)
          .toArray(PrincipalState[]::new);
  private final StateWriter writer = new StateWriter();
  private int next;

  private static PrincipalBaseline learned() {
    List<InferenceEvent> events = SampleEvents.parsed(EVENTS);
    List<Observation> observations = SampleEvents.observed(EVENTS);
    List<LearningSample> samples = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      samples.add(new LearningSample(events.get(i).principal(), observations.get(i)));
    }
    return PrincipalBaselineLearner.learn(samples).baseline().orElseThrow();
  }

  @Benchmark
  public double observe() {
    int number = next++ & (EVENTS - 1);
    PrincipalState state = states[number % SampleEvents.PRINCIPALS];
    double level = detector.observe(state, events[number], SPEND, 0);
    if (level >= 1) {
      detector.restart(state);
    }
    return level;
  }

  @Benchmark
  public int writeState() {
    writer.reset();
    states[next++ % SampleEvents.PRINCIPALS].writeTo(writer);
    return writer.size();
  }
}
