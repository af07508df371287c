package io.inferwarden.bench.scale;

import io.inferwarden.bench.process.ChildProcess;
import io.inferwarden.bench.throughput.Throughput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How the cost of an event grows as a deployment does: one thing at a time, each size measured by
 * the throughput benchmark with a broker of its own. Sizes take turns, so that a slow hour of the
 * machine meets all of them.
 */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    description = "Measures how the cost of an event grows with models, principals and the like.")
public final class Scale implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Option(
      names = "--events",
      defaultValue = "1000000",
      description = "Events that each size is measured on; default: ${DEFAULT-VALUE}.")
  long events;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Turns of each; default: ${DEFAULT-VALUE}.")
  int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "How long each turn is measured at most; default: ${DEFAULT-VALUE}.")
  int seconds;

  @Option(
      names = "--hours",
      defaultValue = "1",
      description =
          "Event time that they are spread over: with many models and few events an hour, what is"
              + " measured is the ends of panes; default: ${DEFAULT-VALUE}.")
  int hours;

  @Option(
      names = "--series",
      split = ",",
      description = "Of models, principals, features, partitions, threads, skew; default: all.")
  List<String> series = Point.SERIES;

  @Option(names = "--json", description = "Ends with one line of JSON.")
  boolean json;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Scale()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    if (!Point.SERIES.containsAll(series)) {
      throw new ParameterException(
          spec.commandLine(), "--series must be of " + Point.SERIES + ", was " + series);
    }
    Map<Point, List<Cost>> costs = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Point point : Point.all()) {
        if (series.contains(point.series())) {
          Cost cost = measure(point);
          costs.computeIfAbsent(point, unused -> new ArrayList<>()).add(cost);
          System.err.printf(
              Locale.ROOT, "round %d of %d  %-24s %s%n", round, rounds, point.words(), cost);
        }
      }
    }
    ScaleReport report = ScaleReport.of(costs);
    System.out.print(report.table());
    if (json) {
      System.out.println(report.json());
    }
    return 0;
  }

  private Cost measure(Point point) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--only=FULL",
                "--json",
                "--rounds=1",
                "--events=" + events,
                "--seconds=" + seconds,
                "--hours=" + hours));
    arguments.addAll(point.arguments());
    try (ChildProcess child = ChildProcess.start(Throughput.class, List.of("-Xmx1g"), arguments)) {
      return Cost.of(child.await(Cost.OUTCOME));
    }
  }
}
