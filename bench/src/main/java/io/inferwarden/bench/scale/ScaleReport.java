package io.inferwarden.bench.scale;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** Medians over the rounds, each beside the first of its series. */
final class ScaleReport {
  /**
   * One line.
   *
   * @param growth of the cost over the first of the series
   * @param speedUp of the pace over the first of the series
   */
  record Line(Point point, Cost cost, double growth, double speedUp) {}

  private final List<Line> lines;

  private ScaleReport(List<Line> lines) {
    this.lines = List.copyOf(lines);
  }

  /**
   * @param costs of each point, in the order of the table
   */
  static ScaleReport of(Map<Point, List<Cost>> costs) {
    Map<String, Cost> firsts = new LinkedHashMap<>();
    List<Line> lines = new ArrayList<>();
    costs.forEach(
        (point, all) -> {
          Cost cost = Cost.median(all);
          Cost first = firsts.computeIfAbsent(point.series(), series -> cost);
          lines.add(
              new Line(
                  point,
                  cost,
                  cost.nanosPerEvent() / first.nanosPerEvent(),
                  cost.eventsPerSecond() / first.eventsPerSecond()));
        });
    return new ScaleReport(lines);
  }

  List<Line> lines() {
    return lines;
  }

  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%-24s %12s %14s %9s %9s%n",
            "",
            "events/s",
            "ns CPU/event",
            "of first",
            "speed-up"));
    for (Line line : lines) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-24s %,12.0f %,14.0f %9.2f %9.2f%n",
              line.point().words(),
              line.cost().eventsPerSecond(),
              line.cost().nanosPerEvent(),
              line.growth(),
              line.speedUp()));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%nLimits: models and principals, last of first 1.25; threads, speed-up 1.7.%n"));
    return text.toString();
  }

  String json() {
    StringJoiner points = new StringJoiner(",", "{", "}");
    for (Line line : lines) {
      points.add(
          String.format(
              Locale.ROOT,
              "\"%s\":{\"nanosPerEvent\":%.0f,\"eventsPerSecond\":%.0f,\"ofFirst\":%.3f}",
              line.point().words(),
              line.cost().nanosPerEvent(),
              line.cost().eventsPerSecond(),
              line.growth()));
    }
    return points.toString();
  }
}
