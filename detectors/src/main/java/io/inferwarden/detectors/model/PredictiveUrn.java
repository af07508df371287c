package io.inferwarden.detectors.model;

import java.util.List;

/**
 * One hypothesis about the next pane: an urn around the centre that believes one of the memories.
 *
 * @param strength events against which the memory is believed, above 0
 * @param memory index of the memory in {@link PaneMemory}, 0 to 3
 * @param isTilted whether it learns location and spread only, instead of every bin
 */
record PredictiveUrn(double strength, int memory, boolean isTilted) {
  /** Alternatives that learn every bin. */
  static final List<PredictiveUrn> SHIFTS =
      List.of(
          new PredictiveUrn(10, 0, false),
          new PredictiveUrn(10, 1, false),
          new PredictiveUrn(10, 2, false),
          new PredictiveUrn(100, 0, false),
          new PredictiveUrn(100, 1, false),
          new PredictiveUrn(100, 2, false),
          new PredictiveUrn(10, 3, false));

  /** Alternatives of ordered signals that learn location and spread. */
  static final List<PredictiveUrn> TILTED_SHIFTS =
      List.of(
          new PredictiveUrn(20, 0, true),
          new PredictiveUrn(20, 1, true),
          new PredictiveUrn(100, 0, true),
          new PredictiveUrn(100, 1, true));

  PredictiveUrn {
    if (!(strength > 0)) {
      throw new IllegalArgumentException("strength must be > 0, was " + strength);
    }
    if (memory < 0 || memory > 3) {
      throw new IllegalArgumentException("memory must be in [0, 3], was " + memory);
    }
  }
}
