package io.inferwarden.bench.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Proof by simulation: the real drift detector over simulated months without a change, promised
 * against observed false alarms.
 *
 * <pre>{@code
 * ./mvnw -pl bench -am package -DskipTests
 * java -cp "bench/target/bench-0.1.0-SNAPSHOT.jar:bench/target/lib/*" \
 *     io.inferwarden.bench.simulation.DriftSimulation --streams 60 --days 30
 * }</pre>
 */
@Command(
    name = "drift-simulation",
    mixinStandardHelpOptions = true,
    description = "Simulated months without a change: promised against observed false alarms.")
public final class DriftSimulation implements Callable<Integer> {
  @Option(names = "--streams", description = "Streams of each null. Default: ${DEFAULT-VALUE}.")
  private int streams = 60;

  @Option(names = "--days", description = "Days watched of each stream. Default: ${DEFAULT-VALUE}.")
  private int days = 30;

  @Option(names = "--seed", description = "Seed of all draws. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--only", description = "Only what starts with this.")
  private String only = "";

  @Option(names = "--threads", description = "Threads. Default: ${DEFAULT-VALUE}.")
  private int threads = 2;

  private DriftSimulation() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new DriftSimulation()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException, ExecutionException {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      System.out.printf(
          Locale.ROOT,
          "%-41s %8s %14s %6s   %8s %14s %6s  %7s %6s %9s %s%n",
          "null",
          "observed",
          "promised<=95%",
          "most",
          "observed",
          "promised<=95%",
          "most",
          "hit",
          "mean L",
          "suspended",
          "(of those with 2 alarms)");
      for (NullCase kind : NullCases.all()) {
        if (kind.name().startsWith(only)) {
          List<StreamOutcome> outcomes =
              each(
                  executor,
                  stream -> NullRun.run(kind, StreamRandom.of(seed, kind.name(), stream), days));
          print(NullResult.of(kind, days, outcomes));
        }
      }
      return 0;
    } finally {
      executor.shutdownNow();
    }
  }

  private <T> List<T> each(ExecutorService executor, IntFunction<T> run)
      throws InterruptedException, ExecutionException {
    List<Callable<T>> tasks = new ArrayList<>();
    for (int i = 0; i < streams; i++) {
      int stream = i;
      tasks.add(() -> run.apply(stream));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> each : executor.invokeAll(tasks)) {
      results.add(each.get());
    }
    return results;
  }

  private static void print(NullResult result) {
    System.out.printf(
        Locale.ROOT,
        "%-41s %s   %s  %3d %3d %6.3f %8.0f%% (%d of %d)%s%n",
        result.name(),
        text(result.monthly()),
        text(result.hundredth()),
        result.monthly().streamsHit(),
        result.hundredth().streamsHit(),
        result.meanLikelihoodRatio(),
        100 * result.suspended(),
        result.brokenSuspended(),
        result.broken(),
        result.differing() > 0 ? " VERDICTS DIFFER: " + result.differing() : "");
  }

  private static String text(NullResult.Spending spending) {
    Double most = spending.most();
    return String.format(
        Locale.ROOT,
        "%8d %7.2f<=%-4d%s %6s",
        spending.observed(),
        spending.promised(),
        spending.bound(),
        spending.isAccepted() ? " " : "!",
        most == null ? "" : String.format(Locale.ROOT, "%.1f", most));
  }
}
