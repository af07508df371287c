package io.inferwarden.detectors.principal;

/**
 * What a principal seems to be after, judged from which signals carry the evidence against it. The
 * evidence proves that a principal does not ask as honest ones do; the kind is a reading of it, and
 * the broadest kind, {@link #EXTRACTION}, where nothing speaks for a narrower one.
 */
public enum AbuseKind {
  /** Copies the model: queries that sweep its input space or hug its decision boundary. */
  EXTRACTION,
  /** Looks for an input that the model gets wrong: many small steps around one input. */
  EVASION,
  /** Climbs the confidence of one label to rebuild what the model learned of it. */
  INVERSION,
  /** Tests whether single records were in the training data. */
  MEMBERSHIP_PROBING,
  /** Sends inputs that no user would: impossible values and combinations. */
  FUZZING,
  /** A program where people are expected. */
  SCRIPTED_USE,
  /** Makes the model produce as much as it can. */
  DENIAL_OF_WALLET,
  /** Tries to talk the model out of its rules. */
  INJECTION,
  /** Asks for the hidden instructions. */
  PROMPT_EXTRACTION,
  /** Asks for memorised training data. */
  DATA_EXTRACTION,
  /** Trains another model on the answers. */
  DISTILLATION
}
