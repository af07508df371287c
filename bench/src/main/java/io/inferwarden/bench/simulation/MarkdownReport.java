package io.inferwarden.bench.simulation;

import io.inferwarden.bench.simulation.rival.Rival;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The results as Markdown tables, put between two markers of a page. */
final class MarkdownReport {
  static final String BEGIN = "<!-- simulation: begin, written by DriftSimulation -->";
  static final String END = "<!-- simulation: end -->";

  private MarkdownReport() {}

  static boolean hasMarkers(String page) {
    int begin = page.indexOf(BEGIN);
    return begin >= 0 && page.indexOf(END) > begin;
  }

  /**
   * The page with the tables in the place of what stands between its markers.
   *
   * @throws IllegalArgumentException when the page lacks the markers
   */
  static String replaceIn(String page, String tables) {
    if (!hasMarkers(page)) {
      throw new IllegalArgumentException("page must hold '" + BEGIN + "' and then '" + END + "'");
    }
    String before = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
    return before + "\n" + tables + page.substring(page.indexOf(END));
  }

  /** All tables. */
  static String of(Simulation.Settings settings, SimulationResult result) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Run with `--streams %d --days %d --seed %d`.\n"
            .formatted(settings.streams(), settings.days(), settings.seed()));
    text.append("\n### Promised against observed, nothing changed\n\n");
    appendNulls(text, result.nulls());
    text.append("\n### The same streams under other detectors: alarms a stream and month\n\n");
    appendOthers(text, result.nulls());
    text.append("\n### Delay in hourly panes of 25 events: median events until the alarm\n\n");
    appendShifts(text, result.hourly(), ShiftResult.Delays::medianEvents);
    text.append("\n### Delay at 100 events a minute: median minutes until the alarm\n\n");
    appendShifts(text, result.everyMinute(), ShiftResult.Delays::medianPanes);
    return text.toString();
  }

  private static void appendNulls(StringBuilder text, List<NullResult> nulls) {
    row(
        text,
        List.of(
            "null",
            "promised",
            "observed",
            "at most",
            "streams hit",
            "promised, 1/100",
            "observed",
            "at most",
            "mean L",
            "suspended",
            "of streams with 2 alarms",
            "kept"));
    row(
        text,
        List.of(
            "---", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "---"));
    for (NullResult each : nulls) {
      NullResult.Spending monthly = each.monthly();
      NullResult.Spending hundredth = each.hundredth();
      row(
          text,
          List.of(
              each.name(),
              format("%.0f", monthly.promised()),
              Integer.toString(monthly.observed()),
              Integer.toString(monthly.bound()),
              Integer.toString(monthly.streamsHit()),
              format("%.2f", hundredth.promised()),
              Integer.toString(hundredth.observed()),
              Integer.toString(hundredth.bound()),
              format("%.3f", each.meanLikelihoodRatio()),
              format("%.0f %%", 100 * each.suspended()),
              format("%d of %d", each.brokenSuspended(), each.broken()),
              verdict(monthly, hundredth)));
    }
  }

  private static String verdict(NullResult.Spending monthly, NullResult.Spending hundredth) {
    boolean isKept = monthly.isWithin() && hundredth.isWithin();
    Double mostMonthly = monthly.most();
    Double mostHundredth = hundredth.most();
    if (mostMonthly == null || mostHundredth == null) {
      return isKept ? "yes" : "**no**";
    }
    boolean isBelow = monthly.isBelowBar() && hundredth.isBelowBar();
    return format(
        "%s; %s half of the reference (%.0f and %.1f)",
        isKept ? "yes" : isBelow ? "no" : "**no**",
        isBelow ? "at most" : "above",
        mostMonthly,
        mostHundredth);
  }

  private static void appendOthers(StringBuilder text, List<NullResult> nulls) {
    List<String> names = Arrays.stream(Rival.values()).map(Rival::title).toList();
    heading(text, "null", names);
    for (NullResult each : nulls) {
      List<String> cells = new ArrayList<>();
      cells.add(each.name());
      cells.add(format("%.2f", each.monthly().observed() / each.monthly().promised()));
      for (String name : names) {
        Double alarms = each.others().get(name);
        cells.add(alarms == null ? "–" : format(alarms < 10 ? "%.1f" : "%.0f", alarms));
      }
      row(text, cells);
    }
  }

  private static void appendShifts(
      StringBuilder text, List<ShiftResult> shifts, ToDoubleFunction<ShiftResult.Delays> delay) {
    List<String> names = Arrays.stream(Rival.values()).map(Rival::title).toList();
    heading(text, "shift", names);
    for (ShiftResult shift : shifts) {
      List<String> cells = new ArrayList<>();
      cells.add(shift.name());
      cells.add(cell(shift.detectors(), ShiftRun.OURS, delay));
      for (String name : names) {
        cells.add(cell(shift.detectors(), name, delay));
      }
      row(text, cells);
    }
  }

  private static void heading(StringBuilder text, String first, List<String> rivals) {
    List<String> titles = new ArrayList<>(List.of(first, ShiftRun.OURS));
    titles.addAll(rivals);
    row(text, titles);
    row(text, titles.stream().map(title -> title.equals(first) ? "---" : "--:").toList());
  }

  /** Delay, missed share where there is one, and the share of quiet panes with an alarm. */
  private static String cell(
      Map<String, ShiftResult.Delays> detectors,
      String name,
      ToDoubleFunction<ShiftResult.Delays> delay) {
    ShiftResult.@Nullable Delays own = detectors.get(name);
    if (own == null) {
      return "–";
    }
    double median = delay.applyAsDouble(own);
    String text = Double.isInfinite(median) ? "none" : format("%.0f", median);
    if (own.missed() > 0) {
      text += format(", missed %.0f %%", 100 * own.missed());
    }
    double falseShare = (double) own.falsePanes() / own.quietPanes();
    return falseShare == 0 ? text : text + format(" (%.1f %% false)", 100 * falseShare);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
