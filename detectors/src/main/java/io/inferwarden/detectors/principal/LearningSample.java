package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.signal.Observation;
import java.util.Objects;

/**
 * One event of the learning period.
 *
 * @param principal who asked
 * @param observation the event; it must stay as it is while the learner runs
 */
public record LearningSample(String principal, Observation observation) {
  public LearningSample {
    Objects.requireNonNull(principal, "principal");
    Objects.requireNonNull(observation, "observation");
  }
}
