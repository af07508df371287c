package io.inferwarden.detectors.signal;

/**
 * A way of talking to a language model that attacks use far more often than honest work does. One
 * bit each in {@link TextObservation#tactics()}; the order never changes.
 */
public enum Tactic {
  /** Asks to ignore earlier instructions. */
  OVERRIDE(1),
  /** Asks to play somebody. */
  PERSONA(2),
  /** Talks of a model without limits. */
  UNBOUND(4),
  /** Talks of refusals, of policies or of being a model. */
  REFUSAL_TALK(8),
  /** Names something harmful. */
  HARM(16),
  /** Asks for the hidden instructions. */
  SYSTEM_PROMPT(32),
  /** Asks for what the model was trained on, or makes it repeat without end. */
  MEMORY(64),
  /** Asks for or uses an encoding. */
  ENCODING(128);

  private final int bit;

  Tactic(int bit) {
    this.bit = bit;
  }

  /** The bit of this tactic. */
  public int bit() {
    return bit;
  }

  /** Whether a set of tactics holds this one. */
  public boolean isIn(int tactics) {
    return (tactics & bit) != 0;
  }
}
