package io.inferwarden.alerting;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The sentences in which evidence is told. */
final class EvidenceWords {
  private static final String OUTPUTS = "output.";

  private EvidenceWords() {}

  static String ofPrincipal(
      String signal, double share, String description, double expected, double observed) {
    StringBuilder sentence = new StringBuilder(signal).append(": ");
    if (Double.isNaN(observed)) {
      sentence.append(description);
    } else {
      sentence.append(percent(observed)).append(" of its queries had ").append(description);
      appendUsual(sentence, expected);
    }
    return withShare(sentence, share);
  }

  static String ofModel(
      String signal,
      double share,
      String bin,
      double expected,
      double observed,
      @Nullable Change change) {
    StringBuilder sentence = new StringBuilder(signal).append(": ");
    if (Double.isNaN(observed)) {
      sentence.append(bin);
    } else {
      String what = signal.startsWith(OUTPUTS) ? "outputs" : "inputs";
      sentence.append(percent(observed)).append(" of ").append(what).append(' ');
      sentence.append(BinWords.predicate(signal, bin));
      appendUsual(sentence, expected);
    }
    if (change != null) {
      appendMedians(sentence, change);
      if (!Double.isNaN(change.totalVariation())) {
        sentence.append("; ").append(totalVariation(change.totalVariation()));
      }
    }
    return withShare(sentence, share);
  }

  static String ofRequests(long requests, double usual) {
    String format =
        usual < 10
            ? "requests: %,d in the last pane, where about %.1f are usual at this hour"
            : "requests: %,d in the last pane, where about %,.0f are usual at this hour";
    return withShare(new StringBuilder(String.format(Locale.ROOT, format, requests, usual)), 1);
  }

  static String ofVersions(
      String signal, double share, String description, double eValue, @Nullable Change change) {
    StringBuilder sentence = new StringBuilder(signal).append(": ").append(description);
    sentence.append(" (e-value ").append(eValue(eValue));
    if (change != null && !Double.isNaN(change.totalVariation())) {
      sentence.append("; ").append(totalVariation(change.totalVariation()));
    }
    return sentence.append(')').toString();
  }

  static String betweenVersions(String olderVersion, String newerVersion) {
    return " between " + version(olderVersion) + " and " + version(newerVersion);
  }

  /** A share as a percentage that is never rounded to "none" or "all" when it is neither. */
  static String percent(double share) {
    double percent = share * 100;
    if (percent > 0 && percent < 0.1) {
      return "less than 0.1 %";
    }
    if (percent > 99.9 && percent < 100) {
      return "more than 99.9 %";
    }
    boolean needsDecimal = percent < 10 || percent > 99;
    double tenths = Math.round(percent * 10) / 10.0;
    if (needsDecimal && tenths != Math.rint(tenths)) {
      return String.format(Locale.ROOT, "%.1f %%", tenths);
    }
    return Math.round(percent) + " %";
  }

  private static String version(String version) {
    return version.isBlank() ? "the unnamed version" : "version " + version;
  }

  private static String eValue(double value) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException("eValue must be >= 0, was " + value);
    }
    if (value > 1e9) {
      return "above 1,000,000,000";
    }
    return value < 10
        ? String.format(Locale.ROOT, "%.2f", value)
        : String.format(Locale.ROOT, "%,.0f", value);
  }

  private static void appendUsual(StringBuilder sentence, double expected) {
    if (!Double.isNaN(expected)) {
      sentence.append(", where ").append(percent(expected)).append(" are usual");
    }
  }

  private static void appendMedians(StringBuilder sentence, Change change) {
    double shift = change.shift();
    boolean hasMedians =
        !Double.isNaN(change.usualMedian()) && !Double.isNaN(change.recentMedian());
    if (hasMedians) {
      double step = Double.isNaN(shift) ? change.recentMedian() - change.usualMedian() : shift;
      sentence.append("; median ").append(Quantity.of(change.usualMedian(), step));
      sentence.append(" -> ").append(Quantity.of(change.recentMedian(), step));
      if (!Double.isNaN(shift)) {
        sentence.append(" (").append(Quantity.signed(shift)).append(')');
      }
    } else if (!Double.isNaN(shift)) {
      sentence.append("; shifted by ").append(Quantity.signed(shift));
    }
  }

  private static String totalVariation(double value) {
    return "total variation "
        + (value > 0 && value < .005 ? "below 0.01" : String.format(Locale.ROOT, "%.2f", value));
  }

  private static String withShare(StringBuilder sentence, double share) {
    return sentence
        .append("; carries ")
        .append(percent(share))
        .append(" of the evidence")
        .toString();
  }
}
