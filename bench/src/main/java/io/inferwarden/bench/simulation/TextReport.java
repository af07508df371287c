package io.inferwarden.bench.simulation;

import java.util.Locale;
import java.util.stream.Collectors;

/** The results as aligned text, for a terminal. */
final class TextReport {
  private static final String HEADER =
      "%-41s %8s %15s %6s %8s %15s %6s %7s %6s %9s%n"
          .formatted(
              "null",
              "observed",
              "promised<=95%",
              "most",
              "observed",
              "promised<=95%",
              "most",
              "hit",
              "mean L",
              "suspended (of streams with 2 alarms); others' alarms a stream and month");

  private TextReport() {}

  static String header() {
    return HEADER;
  }

  /**
   * A line. An exclamation mark where the promise is broken and no bar is met; a question mark
   * where it is kept, but more than half of the reference's alarms are left.
   */
  static String row(NullResult result) {
    return String.format(
        Locale.ROOT,
        "%-41s %s %s %3d %3d %6.3f %5.0f%% (%d of %d)%s; %s%n",
        result.name(),
        text(result.monthly()),
        text(result.hundredth()),
        result.monthly().streamsHit(),
        result.hundredth().streamsHit(),
        result.meanLikelihoodRatio(),
        100 * result.suspended(),
        result.brokenSuspended(),
        result.broken(),
        result.differing() > 0 ? " VERDICTS DIFFER IN " + result.differing() + " PANES" : "",
        result.others().entrySet().stream()
            .map(each -> String.format(Locale.ROOT, "%s %.1f", each.getKey(), each.getValue()))
            .collect(Collectors.joining(", ")));
  }

  private static String text(NullResult.Spending spending) {
    Double most = spending.most();
    return String.format(
        Locale.ROOT,
        "%8d %8.2f<=%-4d%s %6s",
        spending.observed(),
        spending.promised(),
        spending.bound(),
        mark(spending),
        most == null ? "" : String.format(Locale.ROOT, "%.1f", most));
  }

  private static String mark(NullResult.Spending spending) {
    if (spending.isBelowBar()) {
      return " ";
    }
    return !spending.isWithin() ? "!" : spending.most() == null ? " " : "?";
  }

  static String shifts(SimulationResult result) {
    StringBuilder text = new StringBuilder();
    for (ShiftResult shift : result.hourly()) {
      append(text, "hourly: ", shift);
    }
    for (ShiftResult shift : result.everyMinute()) {
      append(text, "every minute: ", shift);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, String table, ShiftResult shift) {
    text.append(table).append(shift.name()).append(System.lineSeparator());
    shift
        .detectors()
        .forEach(
            (name, delays) ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "  %-20s median %6.0f events, %4.1f panes; missed %3.0f%%; false %d of %d%n",
                        name,
                        delays.medianEvents(),
                        delays.medianPanes(),
                        100 * delays.missed(),
                        delays.falsePanes(),
                        delays.quietPanes())));
  }
}
