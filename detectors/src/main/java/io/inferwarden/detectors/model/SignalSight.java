package io.inferwarden.detectors.model;

import java.util.List;

/**
 * What one signal of a model can see.
 *
 * @param signal its name
 * @param weight its weight in the model's level, in (0, 1]
 * @param shifts the kinds of shift that it may show
 */
public record SignalSight(String signal, double weight, List<ShiftSight> shifts) {
  public SignalSight {
    shifts = List.copyOf(shifts);
  }

  /** Whether it would show no shift of any size within the time looked at. */
  public boolean isBlind() {
    return shifts.stream().allMatch(ShiftSight::isBlind);
  }
}
