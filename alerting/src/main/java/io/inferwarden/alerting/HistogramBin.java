package io.inferwarden.alerting;

/**
 * One bar of a before-and-after histogram.
 *
 * @param name the bin in plain words, such as {@code age 44 to 52} or {@code missing}
 * @param expectedShare the usual share of events in the bin, 0..1
 * @param observedShare the seen share of events in the bin, 0..1
 * @param contribution how much of its signal's evidence the bin carries, 0..1; NaN when nobody
 *     reckoned it
 */
public record HistogramBin(
    String name, double expectedShare, double observedShare, double contribution) {
  public HistogramBin {
    Checks.notBlank("name", name);
    expectedShare = Checks.share("expectedShare", expectedShare);
    observedShare = Checks.share("observedShare", observedShare);
    contribution = Checks.shareOrUnknown("contribution", contribution);
  }

  /** A bin of unknown contribution. */
  public HistogramBin(String name, double expectedShare, double observedShare) {
    this(name, expectedShare, observedShare, Double.NaN);
  }

  /** The bin's name without its signal's: {@code 44 to 52} for {@code age 44 to 52}. */
  public String nameWithin(String signal) {
    return BinWords.nameWithin(signal, name);
  }
}
