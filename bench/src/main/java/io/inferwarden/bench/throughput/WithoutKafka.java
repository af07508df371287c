package io.inferwarden.bench.throughput;

import com.sun.management.ThreadMXBean;
import io.inferwarden.app.backtest.BacktestDriver;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.settings.SettingsOf;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What an event costs the stages alone: the traffic of {@link Throughput}, parsed and judged one
 * event after the other by one thread, from memory and into memory.
 */
@Command(
    name = "without-kafka",
    mixinStandardHelpOptions = true,
    description = "Measures processor time of an event without Kafka, in parts of 100,000 events.")
public final class WithoutKafka implements Callable<Integer> {
  private static final int PART = 100_000;
  private static final Duration LEARNED_FROM = Duration.ofDays(1);
  private static final Duration JUDGED = Duration.ofHours(1);
  private static final long LEARNED_EVENTS = 15_000;
  private static final long SEED = 7;

  @Mixin TrafficOptions deployment = new TrafficOptions();

  @Option(
      names = "--parts",
      defaultValue = "16",
      description = "Of 100,000 events each; default: ${DEFAULT-VALUE}.")
  int parts;

  private final Policy policy = Policy.defaults();
  private final Instant now = Clock.systemUTC().instant();
  private final long firstMillis =
      now.truncatedTo(ChronoUnit.HOURS).minus(LEARNED_FROM).minus(JUDGED).toEpochMilli();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new WithoutKafka()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (parts < 1) {
      System.err.println("--parts must be at least 1, was " + parts);
      return CommandLine.ExitCode.USAGE;
    }
    List<BaselineRecord> baselines = learned();
    Traffic traffic =
        traffic(deployment.models, LEARNED_FROM, JUDGED, (long) PART * parts, SEED + 1);
    long[] nanos = new long[parts];
    try (BacktestDriver driver = driver(baselines)) {
      for (int part = 0; part < parts; part++) {
        byte[][] events = new byte[PART][];
        Arrays.setAll(events, i -> traffic.next());
        long start = threads.getCurrentThreadCpuTime();
        for (byte[] event : events) {
          driver.accept(event);
        }
        nanos[part] = (threads.getCurrentThreadCpuTime() - start) / PART;
        System.out.printf(
            Locale.ROOT, "part %d of %d  %,7d ns an event%n", part + 1, parts, nanos[part]);
      }
    }
    // The compiler is at work in the first ones.
    long[] warm = Arrays.stream(nanos).skip(parts / 4).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "median of the last %d: %,d ns, %,d to %,d%n",
        warm.length,
        warm[warm.length / 2],
        warm[0],
        warm[warm.length - 1]);
    return 0;
  }

  /** What is usual for each model, of a day of its own traffic or that of its kind. */
  private List<BaselineRecord> learned() throws IOException {
    System.err.println("Learning what is usual …");
    int kinds = Math.min(deployment.models, Traffic.KINDS);
    Traffic learning = traffic(kinds, Duration.ZERO, LEARNED_FROM, LEARNED_EVENTS * kinds, SEED);
    Traffic after = traffic(kinds, LEARNED_FROM, JUDGED, LEARNED_EVENTS, SEED + 2);
    List<BaselineRecord> learned = new ArrayList<>();
    try (BacktestDriver driver = driver(List.of())) {
      while (learning.hasNext()) {
        driver.accept(learning.next());
      }
      while (after.hasNext()) {
        driver.accept(after.next());
      }
      driver.finish();
      learned.addAll(driver.learned());
    }
    KnownModels known = new KnownModels(learned);
    known.requireWhole();
    return deployment.models <= Traffic.KINDS
        ? learned
        : IntStream.range(0, deployment.models)
            .mapToObj(model -> known.of(model, deployment.models))
            .toList();
  }

  private Traffic traffic(int ofModels, Duration after, Duration length, long events, long seed) {
    return new Traffic(
        new Traffic.Settings(
            ofModels,
            deployment.principals,
            deployment.features,
            firstMillis + after.toMillis(),
            length,
            events,
            0,
            0),
        seed);
  }

  private BacktestDriver driver(List<BaselineRecord> known) throws IOException {
    return new BacktestDriver(
        SettingsOf.policy(policy, 1, false), policy, known, now, incident -> {});
  }
}
