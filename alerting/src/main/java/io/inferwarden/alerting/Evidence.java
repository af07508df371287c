package io.inferwarden.alerting;

import java.util.Locale;

/**
 * One reason for an alarm: a signal, the bin that carried most of it, and how far what was seen
 * lies from what was expected.
 *
 * @param signal the signal's name, such as {@code probing} or a feature's name
 * @param share how much of all the evidence this signal carries, 0..1
 * @param description the bin in plain words, such as {@code in the most extreme 1 %}
 * @param expected the usual share of queries in that bin, 0..1; NaN when there is no such number
 * @param observed the seen share of queries in that bin, 0..1; NaN when there is no such number
 * @param sentence all of this as one readable sentence without a full stop
 */
public record Evidence(
    String signal,
    double share,
    String description,
    double expected,
    double observed,
    String sentence) {

  public Evidence {
    Checks.notBlank("signal", signal);
    share = Checks.share("share", share);
    Checks.notBlank("description", description);
    expected = Checks.shareOrUnknown("expected", expected);
    observed = Checks.shareOrUnknown("observed", observed);
    Checks.notBlank("sentence", sentence);
  }

  /**
   * Evidence with a sentence built from its parts, such as {@code probing: 41 % of its queries had
   * in the most extreme 1 %, where 1 % are usual; carries 63 % of the evidence}. Where {@code
   * observed} is NaN the description stands alone, so it should then be a clause of its own.
   */
  public static Evidence of(
      String signal, double share, String description, double expected, double observed) {
    StringBuilder sentence = new StringBuilder(signal).append(": ");
    if (Double.isNaN(observed)) {
      sentence.append(description);
    } else {
      sentence.append(percent(observed)).append(" of its queries had ").append(description);
      if (!Double.isNaN(expected)) {
        sentence.append(", where ").append(percent(expected)).append(" are usual");
      }
    }
    sentence.append("; carries ").append(percent(share)).append(" of the evidence");
    return new Evidence(signal, share, description, expected, observed, sentence.toString());
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
}
