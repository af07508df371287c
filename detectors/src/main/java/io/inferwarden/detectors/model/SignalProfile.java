package io.inferwarden.detectors.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What is usual for one signal, for people.
 *
 * @param name of the signal
 * @param group what it is about
 * @param isNumber whether its bins have an order
 * @param bins with their usual probabilities, the whole day taken together
 * @param seasonHours 24 when the usual probabilities come round by the hour of the day, 168 by the
 *     hour of the week, 0 when every hour is like the whole
 * @param kappa concentration of honest panes around their centre; large when they differ no more
 *     than their events explain
 * @param locationSpread by how much honest panes differ in location, in standard deviations; 0 for
 *     not at all
 * @param deviation standard deviation of a number, as half of what lies between the 16th and 84th
 *     percentile; NaN for a category and where the bins do not tell
 * @param learnedEvents events that the probabilities rest on, dependent ones counted as the fewer
 *     independent ones that they are worth
 */
public record SignalProfile(
    String name,
    SignalGroup group,
    boolean isNumber,
    List<Bin> bins,
    int seasonHours,
    double kappa,
    double locationSpread,
    double deviation,
    double learnedEvents) {
  /**
   * One bin.
   *
   * @param name of the bin, with that of the signal where it is a value
   * @param share usual probability, in [0, 1]
   */
  public record Bin(String name, double share) {}

  public SignalProfile {
    bins = List.copyOf(bins);
  }

  static SignalProfile of(SignalBaseline signal) {
    List<Bin> bins = new ArrayList<>();
    for (int k = 0; k < signal.size(); k++) {
      bins.add(new Bin(signal.bins().binName(signal.name(), k), signal.usual()[k]));
    }
    return new SignalProfile(
        signal.name(),
        signal.group(),
        signal.bins().isOrdered(),
        bins,
        signal.season().isNone() ? 0 : signal.season().cells(),
        signal.kappa(),
        signal.locationSpread(),
        signal.bins() instanceof NumberBins numbers
            ? numbers.deviation(signal.usual())
            : Double.NaN,
        signal.learnedEvents());
  }
}
