package io.inferwarden.alerting.feed;

import io.inferwarden.alerting.HistogramBin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A before-and-after histogram of at most {@value #MOST_LINES} lines of ASCII bars (names apart):
 *
 * <pre>
 *     age            usual     now  = both  + more now  - less now
 *     20 to 30        25 %    12 %  ==========-----------
 *     44 to 52        12 %    31 %  ==========+++++++++++++++
 * </pre>
 *
 * <p>Where there are more bins, those that moved most are shown in their order, and the rest as
 * one.
 */
final class HistogramText {
  static final int MOST_LINES = 12;
  private static final int MOST_BARS = MOST_LINES - 1;
  private static final String INDENT = "    ";
  private static final int NAME_COLUMNS = 22;
  private static final int SHARE_COLUMNS = 8;
  private static final int BAR_COLUMNS = 30;
  private static final String LEGEND = "  = both  + more now  - less now";

  private HistogramText() {}

  /** The lines, none wider than {@value TextLines#WIDTH} columns; the bins must not be empty. */
  static List<String> of(String signal, List<HistogramBin> histogram) {
    List<HistogramBin> bins = shown(histogram);
    double largest = 0;
    for (HistogramBin bin : bins) {
      largest = Math.max(largest, Math.max(bin.expectedShare(), bin.observedShare()));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        INDENT
            + Columns.exactly(PrintableText.of(signal), NAME_COLUMNS)
            + rightAligned("usual")
            + rightAligned("now")
            + LEGEND);
    for (HistogramBin bin : bins) {
      String name = PrintableText.of(bin.nameWithin(signal));
      String bar = bar(bin, largest);
      lines.add(
          INDENT
              + Columns.exactly(name, NAME_COLUMNS)
              + rightAligned(percent(bin.expectedShare()))
              + rightAligned(percent(bin.observedShare()))
              + (bar.isEmpty() ? "" : "  " + bar));
    }
    return lines;
  }

  /** The bins to show: all, or those that moved most and one for the rest. */
  private static List<HistogramBin> shown(List<HistogramBin> bins) {
    if (bins.size() <= MOST_BARS) {
      return bins;
    }
    TreeSet<Integer> moved = new TreeSet<>();
    IntStream.range(0, bins.size())
        .boxed()
        .sorted(Comparator.comparingDouble(index -> -movement(bins.get(index))))
        .limit(MOST_BARS - 1)
        .forEach(moved::add);
    List<HistogramBin> shown = new ArrayList<>();
    double expected = 0;
    double observed = 0;
    for (int index = 0; index < bins.size(); index++) {
      HistogramBin bin = bins.get(index);
      if (moved.contains(index)) {
        shown.add(bin);
      } else {
        expected += bin.expectedShare();
        observed += bin.observedShare();
      }
    }
    String name = "(" + (bins.size() - moved.size()) + " other bins)";
    shown.add(new HistogramBin(name, Math.min(1, expected), Math.min(1, observed)));
    return shown;
  }

  private static double movement(HistogramBin bin) {
    return Math.abs(bin.observedShare() - bin.expectedShare());
  }

  private static String bar(HistogramBin bin, double largest) {
    int usual = columns(bin.expectedShare(), largest);
    int now = columns(bin.observedShare(), largest);
    return "=".repeat(Math.min(usual, now))
        + "+".repeat(Math.max(0, now - usual))
        + "-".repeat(Math.max(0, usual - now));
  }

  private static int columns(double share, double largest) {
    return largest > 0 ? (int) Math.round(share / largest * BAR_COLUMNS) : 0;
  }

  /** As short as a column needs it, and never rounded to nothing. */
  private static String percent(double share) {
    double percent = share * 100;
    if (percent > 0 && percent < .1) {
      return "<0.1 %";
    }
    return String.format(Locale.ROOT, percent < 9.95 ? "%.1f %%" : "%.0f %%", percent);
  }

  private static String rightAligned(String text) {
    return " ".repeat(SHARE_COLUMNS - text.length()) + text;
  }
}
