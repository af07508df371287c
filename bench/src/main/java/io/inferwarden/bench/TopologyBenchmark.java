package io.inferwarden.bench;

import io.inferwarden.app.backtest.BacktestDriver;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoWorld;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.settings.SettingsOf;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole topology, one thread, without a broker: events of the second day of the demo, judged
 * with the baselines of the first.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class TopologyBenchmark {
  private static final int EVENTS = 10_000;
  private static final long SEED = 7;

  private final Policy policy = Policy.defaults();
  private final Instant start = Instant.ofEpochMilli(SampleEvents.START_MILLIS);
  private final Instant now = start.plus(DemoWorld.LENGTH);
  private List<BaselineRecord> baselines = List.of();
  private List<DemoEvent> events = List.of();

  @Setup(Level.Trial)
  public void learn() throws IOException {
    List<DemoEvent> all = DemoWorld.create(SEED, start.toEpochMilli()).events();
    long secondDay = start.plus(DemoWorld.LEARNING).toEpochMilli();
    try (BacktestDriver driver = driver(List.of())) {
      all.forEach(event -> driver.accept(event.json()));
      driver.finish();
      baselines = driver.learned();
    }
    events = all.stream().filter(event -> event.timeMillis() >= secondDay).limit(EVENTS).toList();
    if (events.size() < EVENTS) {
      throw new IllegalStateException("the second day must have " + EVENTS + " events");
    }
  }

  private BacktestDriver driver(List<BaselineRecord> known) throws IOException {
    return new BacktestDriver(
        SettingsOf.policy(policy, 1, false), policy, known, now, incident -> {});
  }

  /** The score is for each event. */
  @Benchmark
  @OperationsPerInvocation(EVENTS)
  public double judge() throws IOException {
    try (BacktestDriver driver = driver(baselines)) {
      events.forEach(event -> driver.accept(event.json()));
      return driver.sample("inferwarden_events_processed_total");
    }
  }
}
