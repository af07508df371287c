package io.inferwarden.bench.simulation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs the tables of nulls and shifts, the streams of one row side by side. */
final class Simulation {
  /** Shifts of the acceptance at 100 events a minute, in standard deviations. */
  private static final List<ShiftCase> MINUTE_SHIFTS =
      List.of(ShiftCase.mean(.2), ShiftCase.mean(.5), ShiftCase.mean(1));

  private final Settings settings;
  private final ExecutorService executor;
  private final PrintStream progress;

  /**
   * What to run.
   *
   * @param streams of each null and shift, at least 1
   * @param days watched of each stream of a null, at least 1
   * @param seed of all draws
   * @param only what the name of a null starts with, or "shifts" or "minutes" for those tables;
   *     empty for everything
   */
  record Settings(int streams, int days, long seed, String only) {
    Settings {
      requireAtLeastOne("streams", streams);
      requireAtLeastOne("days", days);
    }

    private static void requireAtLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be >= 1, was " + value);
      }
    }

    boolean isWanted(String name) {
      return name.startsWith(only);
    }
  }

  Simulation(Settings settings, ExecutorService executor, PrintStream progress) {
    this.settings = settings;
    this.executor = executor;
    this.progress = progress;
  }

  /** Runs what is wanted; {@code finished} hears of every null as it ends. */
  SimulationResult run(NullListener finished) throws InterruptedException, ExecutionException {
    List<NullResult> nulls = new ArrayList<>();
    for (NullCase kind : NullCases.all()) {
      if (settings.isWanted(kind.name())) {
        NullResult result = run(kind);
        nulls.add(result);
        finished.finished(result);
      }
    }
    List<ShiftResult> hourly =
        settings.isWanted("shifts")
            ? run("shifts", ShiftCase.ofTheReference(), ShiftPlan.hourly())
            : List.of();
    List<ShiftResult> everyMinute =
        settings.isWanted("minutes")
            ? run("minutes", MINUTE_SHIFTS, ShiftPlan.everyMinute())
            : List.of();
    return new SimulationResult(nulls, hourly, everyMinute);
  }

  /** Hears of results as they come. */
  @FunctionalInterface
  interface NullListener {
    void finished(NullResult result);
  }

  private NullResult run(NullCase kind) throws InterruptedException, ExecutionException {
    List<StreamOutcome> outcomes =
        each(
            kind.name(),
            stream ->
                NullRun.run(
                    kind, StreamRandom.of(settings.seed(), kind.name(), stream), settings.days()));
    return NullResult.of(kind, settings.days(), outcomes);
  }

  private List<ShiftResult> run(String table, List<ShiftCase> shifts, ShiftPlan plan)
      throws InterruptedException, ExecutionException {
    List<ShiftResult> results = new ArrayList<>();
    for (ShiftCase kind : shifts) {
      String name = table + ": " + kind.name();
      results.add(
          ShiftResult.of(
              kind,
              plan,
              each(
                  name,
                  stream ->
                      ShiftRun.run(kind, plan, StreamRandom.of(settings.seed(), name, stream)))));
    }
    return results;
  }

  /** Runs every stream and gives what they came to in their order, whichever ended first. */
  private <T> List<T> each(String name, IntFunction<T> run)
      throws InterruptedException, ExecutionException {
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < settings.streams(); i++) {
      int stream = i;
      Callable<T> task = () -> run.apply(stream);
      futures.add(executor.submit(task));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get());
      progress.printf("\r%-45s %d of %d streams", name, results.size(), settings.streams());
    }
    progress.print("\r" + " ".repeat(75) + "\r");
    return results;
  }
}
