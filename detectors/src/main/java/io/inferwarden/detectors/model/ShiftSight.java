package io.inferwarden.detectors.model;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How soon a signal shows one kind of shift, by size.
 *
 * @param kind of shift
 * @param delays sizes that were tried, the largest first, each with the median time until the
 *     alarm; those that were not seen in time, and smaller ones than the first of these that is not
 *     a standard size, are left out
 * @param standard the standard sizes with their times, the smallest first; infinite when not seen
 */
public record ShiftSight(ShiftKind kind, List<Delay> delays, List<Delay> standard) {
  /**
   * The time until a shift is seen.
   *
   * @param size in the unit of the kind: standard deviations, or a share of events in (0, 1]
   * @param medianMillis from the shift to the end of the pane of the alarm; infinite when not seen
   */
  public record Delay(double size, double medianMillis) {
    /** Whether half of the streams or more would not be seen to shift within the time looked at. */
    public boolean isBlind() {
      return Double.isInfinite(medianMillis);
    }
  }

  public ShiftSight {
    delays = List.copyOf(delays);
    standard = List.copyOf(standard);
  }

  /** The smallest size tried that is seen within a time in half of the cases; empty for none. */
  public OptionalDouble smallestWithin(double millis) {
    return delays.stream()
        .filter(delay -> delay.medianMillis() <= millis)
        .mapToDouble(Delay::size)
        .min();
  }

  /** Whether no size that was tried is seen within the time looked at. */
  public boolean isBlind() {
    return delays.isEmpty();
  }
}
