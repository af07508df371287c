package io.inferwarden.detectors.model;

/** What a learning period came to: a baseline, or too little to know what is usual. */
public sealed interface LearningOutcome {
  /** A baseline was learned. */
  record Learned(ModelBaseline baseline) implements LearningOutcome {}

  /**
   * The model stays blind.
   *
   * @param events events of the sample
   * @param panes panes of the sample that hold events
   * @param reason what was missing, for people
   */
  record TooLittle(int events, int panes, String reason) implements LearningOutcome {}
}
