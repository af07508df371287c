package io.inferwarden.bench.abuse;

import io.inferwarden.bench.abuse.CalibrationResult.Budget;
import io.inferwarden.bench.abuse.CalibrationResult.Detector;
import io.inferwarden.bench.abuse.CalibrationResult.Kind;
import io.inferwarden.bench.abuse.CalibrationResult.Plain;
import io.inferwarden.bench.abuse.CalibrationResult.Splice;
import io.inferwarden.bench.abuse.CalibrationResult.Splits;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The results as Markdown tables, put between two markers of a page. */
final class CalibrationMarkdown {
  static final String BEGIN = "<!-- calibration: begin, written by AbuseCalibration -->";
  static final String END = "<!-- calibration: end -->";

  private CalibrationMarkdown() {}

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

  static String of(Calibration.Settings settings, List<CalibrationResult> results) {
    StringBuilder text = new StringBuilder();
    text.append(
        "Run with `--splits %d --seed %d`.\n".formatted(settings.splits(), settings.seed()));
    text.append("\n### Everybody, 24 hours and 12 hours learned\n\n");
    appendPlain(text, results);
    text.append("\n### A kind of honest principals taken out of the learning\n\n");
    appendKinds(text, results);
    text.append("\n### Learned on a random half of the honest, tested on the others\n\n");
    appendSplits(text, results, CalibrationResult::halvings);
    text.append("\n### Honest traffic alone, a random half of the principals deleted\n\n");
    appendSplits(text, results, CalibrationResult::deletions);
    text.append("\n### Accounts that turn, and mimics\n\n");
    appendSplices(text, results);
    text.append("\n### Other detectors that accuse as many of the honest\n\n");
    appendDetectors(text, results);
    return text.toString();
  }

  private static void appendPlain(StringBuilder text, List<CalibrationResult> results) {
    row(
        text,
        List.of(
            "trace",
            "learned",
            "principals",
            "found",
            "median queries",
            "above 150",
            "promised",
            "honest accused"));
    row(text, List.of("---", "--:", "--:", "--:", "--:", "--:", "--:", "---"));
    for (CalibrationResult each : results) {
      appendPlain(text, each.trace(), each.day());
      appendPlain(text, each.trace(), each.halfDay());
    }
  }

  private static void appendPlain(StringBuilder text, String trace, Plain plain) {
    row(
        text,
        List.of(
            trace,
            plain.hours()
                + " h"
                + (plain.blindHours() > 0 ? " (" + plain.blindHours() + " h: blind)" : ""),
            Integer.toString(plain.learnedPrincipals()),
            plain.found() + " of " + plain.attackers(),
            queries(plain.medianQueries()),
            Integer.toString(plain.slow()),
            format("%.2f", plain.promised()),
            plain.accusedCount() + roles(plain.accused())));
  }

  private static String roles(Map<String, Integer> accused) {
    return accused.isEmpty()
        ? ""
        : accused.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", ", ": ", ""));
  }

  private static void appendKinds(StringBuilder text, List<CalibrationResult> results) {
    row(
        text,
        List.of("trace", "kind", "members", "in the learning", "accused with", "accused without"));
    row(text, List.of("---", "---", "--:", "--:", "--:", "--:"));
    for (CalibrationResult each : results) {
      for (Kind kind : each.kinds()) {
        if (kind.accusedWith() + kind.accusedWithout() > 0 || kind.blind()) {
          row(
              text,
              List.of(
                  each.trace(),
                  kind.name(),
                  Integer.toString(kind.members()),
                  Integer.toString(kind.learned()),
                  Integer.toString(kind.accusedWith()),
                  kind.blind() ? "blind" : Integer.toString(kind.accusedWithout())));
        }
      }
    }
    text.append('\n');
    for (CalibrationResult each : results) {
      text.append(
          each.kinds().stream()
              .filter(kind -> kind.accusedWith() + kind.accusedWithout() == 0 && !kind.blind())
              .map(Kind::name)
              .collect(Collectors.joining(", ", "None accused, " + each.trace() + ": ", ".\n")));
    }
  }

  private static void appendSplits(
      StringBuilder text,
      List<CalibrationResult> results,
      Function<CalibrationResult, Splits> splitsOf) {
    row(
        text,
        List.of(
            "trace",
            "runs",
            "blind at first",
            "budget",
            "promised",
            "accused",
            "ratio",
            "mean evidence, highest"));
    row(text, List.of("---", "--:", "--:", "--:", "--:", "--:", "--:", "--:"));
    for (CalibrationResult each : results) {
      Splits splits = splitsOf.apply(each);
      for (Budget budget : splits.budgets()) {
        row(
            text,
            List.of(
                each.trace(),
                Integer.toString(splits.runs()),
                Integer.toString(splits.blind()),
                format("× %s", Double.toString(budget.times())),
                format("%.2f", budget.promised()),
                Integer.toString(budget.accused()),
                budget.promised() > 0 ? format("%.1f", budget.accused() / budget.promised()) : "–",
                budget.times() == 1
                    ? format("%.1f, %.1f", splits.meanEvidence(), splits.highestEvidence())
                    : ""));
      }
    }
  }

  private static void appendSplices(StringBuilder text, List<CalibrationResult> results) {
    row(text, List.of("trace", "accounts", "found", "median queries"));
    row(text, List.of("---", "---", "--:", "--:"));
    for (CalibrationResult each : results) {
      for (Splice splice : each.splices()) {
        row(
            text,
            List.of(
                each.trace(),
                splice.name(),
                splice.found() + " of " + splice.accounts(),
                queries(splice.medianQueries())));
      }
    }
  }

  private static void appendDetectors(StringBuilder text, List<CalibrationResult> results) {
    row(
        text,
        List.of(
            "trace",
            "detector",
            "honest accused",
            "found",
            "median queries, single accounts",
            "median queries, rings"));
    row(text, List.of("---", "---", "--:", "--:", "--:", "--:"));
    for (CalibrationResult each : results) {
      for (Detector detector : each.detectors()) {
        row(
            text,
            List.of(
                each.trace(),
                detector.name(),
                Integer.toString(detector.accused()),
                detector.found() + " of " + each.day().attackers(),
                queries(detector.medianQueries()),
                queries(detector.medianOfRings())));
      }
    }
  }

  private static String queries(double median) {
    return Double.isFinite(median) ? format("%.1f", median) : "not found";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static void row(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
