package io.inferwarden.alerting;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One reason for an alarm: a signal, the bin that carried most of it, how far what was seen lies
 * from what was expected, and how the whole signal changed.
 *
 * @param signal the signal's name, such as {@code probing} or a feature's name
 * @param share how much of all the evidence this signal carries, 0..1; the shares of an incident's
 *     evidence sum to 1 at most
 * @param description the bin in plain words, such as {@code in the most extreme 1 %}
 * @param expected the usual share of queries in that bin, 0..1; NaN when there is no such number
 * @param observed the seen share of queries in that bin, 0..1; NaN when there is no such number
 * @param sentence all of this as one readable sentence without a full stop
 * @param change how big it is; null when nobody measured it
 */
public record Evidence(
    String signal,
    double share,
    String description,
    double expected,
    double observed,
    String sentence,
    @Nullable Change change) {
  /** What rounding may add to a sum of shares. */
  private static final double ROUNDING = 1e-6;

  public Evidence {
    Checks.notBlank("signal", signal);
    share = Checks.share("share", share);
    Checks.notBlank("description", description);
    expected = Checks.shareOrUnknown("expected", expected);
    observed = Checks.shareOrUnknown("observed", observed);
    Checks.notBlank("sentence", sentence);
  }

  /** Evidence whose change nobody measured. */
  public Evidence(
      String signal,
      double share,
      String description,
      double expected,
      double observed,
      String sentence) {
    this(signal, share, description, expected, observed, sentence, null);
  }

  /**
   * Evidence about how a principal asks, such as {@code probing: 41 % of its queries had an odd
   * input near the decision boundary, where 1 % are usual; carries 63 % of the evidence}. Where
   * {@code observed} is NaN the description stands alone, so it should then be a clause of its own.
   */
  public static Evidence ofPrincipal(
      String signal, double share, String description, double expected, double observed) {
    String sentence = EvidenceWords.ofPrincipal(signal, share, description, expected, observed);
    return new Evidence(signal, share, description, expected, observed, sentence);
  }

  /** As {@link #ofModel(String, double, String, double, double, Change)}, its size unknown. */
  public static Evidence ofModel(
      String signal, double share, String bin, double expected, double observed) {
    return ofModel(signal, share, bin, expected, observed, null);
  }

  /**
   * Evidence about a model's inputs or outputs, such as {@code age: 31 % of inputs in 44 to 52,
   * where 12 % are usual; median 41 -> 47.1 (+6.1); total variation 0.24; carries 63 % of the
   * evidence}. Signals whose name begins with {@code output.} are outputs.
   *
   * @param bin the bin in plain words, with or without the signal's name before it; where {@code
   *     observed} is NaN it stands alone, so it should then be a clause of its own
   */
  public static Evidence ofModel(
      String signal,
      double share,
      String bin,
      double expected,
      double observed,
      @Nullable Change change) {
    String sentence = EvidenceWords.ofModel(signal, share, bin, expected, observed, change);
    return new Evidence(signal, share, bin, expected, observed, sentence, change);
  }

  /**
   * Evidence about how often a model is asked: {@code requests: 3 in the last pane, where about 120
   * are usual at this hour; carries 100 % of the evidence}.
   *
   * @param requests seen in the last pane, at least 0
   * @param usual the mean at that time, at least 0
   */
  public static Evidence ofRequests(long requests, double usual) {
    Checks.atLeast("requests", requests, 0);
    String description =
        requests < usual ? "fewer requests than usual" : "more requests than usual";
    String sentence = EvidenceWords.ofRequests(requests, usual);
    return new Evidence("requests", 1, description, Double.NaN, Double.NaN, sentence);
  }

  /**
   * What comparing two versions on the same signal says: {@code output.label: differs between
   * version 7 and version 8 (e-value 1,200; total variation 0.24); carries 80 % of the evidence}.
   *
   * @param differs whether the caller takes the e-value for proof
   * @param eValue of the two-sample comparison, at least 0; 1 says nothing either way
   * @param change the older version as what is usual, the newer one as what was seen; null while
   *     there is too little to compare
   */
  public static Evidence ofVersions(
      String signal,
      double share,
      String olderVersion,
      String newerVersion,
      boolean differs,
      double eValue,
      @Nullable Change change) {
    String description =
        (differs ? "differs" : "no difference seen so far")
            + EvidenceWords.betweenVersions(olderVersion, newerVersion);
    String sentence = EvidenceWords.ofVersions(signal, share, description, eValue, change);
    return new Evidence(signal, share, description, Double.NaN, Double.NaN, sentence, change);
  }

  /** Refuses a list whose shares say more than all there is. */
  static List<Evidence> checked(List<Evidence> evidence) {
    double sum = 0;
    for (Evidence each : evidence) {
      sum += each.share();
    }
    if (!(sum <= 1 + ROUNDING)) {
      throw new IllegalArgumentException("sum of the evidence's shares must be <= 1, was " + sum);
    }
    return List.copyOf(evidence);
  }
}
