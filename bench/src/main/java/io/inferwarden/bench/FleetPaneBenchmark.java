package io.inferwarden.bench;

import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.signal.Observation;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Closing one pane of 1,000 models of 40 signals on one thread, and counting one of their events,
 * for each of its 40 signals.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class FleetPaneBenchmark {
  private static final long SEED = 17;
  private static final int SIGNALS = 40;
  private static final int EVENTS = 4096;
  private static final int PANES_BEFORE = 26;

  private final Fleet fleet = new Fleet(SEED);
  private final Observation[] events = new Observation[EVENTS];
  private final PaneCounts open = fleet.baseline().newPaneCounts();
  private int next;

  /** Draws the events, and judges a day of panes so that every state holds what it will hold. */
  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < EVENTS; i++) {
      events[i] = new FleetEvent(SampleEvents.START_MILLIS, random);
    }
    for (int i = 0; i < PANES_BEFORE; i++) {
      fleet.closePane();
    }
    int signals = fleet.baseline().signalNames().size();
    if (signals != SIGNALS) {
      throw new IllegalStateException("signals must be " + SIGNALS + ", was " + signals);
    }
  }

  @Benchmark
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public double closePaneOfAThousandModels() {
    return fleet.closePane();
  }

  @Benchmark
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  @OperationsPerInvocation(SIGNALS)
  public long countEventForEachSignal() {
    open.add(events[next++ & (EVENTS - 1)]);
    return open.inputEvents();
  }
}
