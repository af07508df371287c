package io.inferwarden.ingest;

import org.jspecify.annotations.Nullable;

/**
 * A way of talking to a language model that attacks use far more often than honest work does: some
 * phrase of {@link TacticLexicon} is in the text. One bit each in {@link TextMeasures#tactics()};
 * the order never changes.
 */
public enum TextTactic {
  /** Asks to ignore earlier instructions. */
  OVERRIDE("override", 1),
  /** Asks to play somebody. */
  PERSONA("persona", 2),
  /** Talks of a model without limits. */
  UNBOUND("unbound", 4),
  /** Talks of refusals, of policies or of being a model. */
  REFUSAL_TALK("refusalTalk", 8),
  /** Names something harmful. */
  HARM("harm", 16),
  /** Asks for the hidden instructions. */
  SYSTEM_PROMPT("systemPrompt", 32),
  /** Asks for what the model was trained on, or makes it repeat without end. */
  MEMORY("memory", 64),
  /** Asks for or uses an encoding. */
  ENCODING("encoding", 128);

  private static final TextTactic[] ALL = values();

  private final String code;
  private final int bit;

  TextTactic(String code, int bit) {
    this.code = code;
    this.bit = bit;
  }

  /** The word of the JSON contract. */
  public String code() {
    return code;
  }

  /** The bit of this tactic, also in the binary form, which never changes. */
  public int bit() {
    return bit;
  }

  /** Whether a set of tactics holds this one. */
  public boolean isIn(int tactics) {
    return (tactics & bit) != 0;
  }

  /** All tactics in the order of their bits; not to be changed. */
  static TextTactic[] inOrder() {
    return ALL;
  }

  /** The tactic with this word, or null when the contract has no such word. */
  static @Nullable TextTactic ofCode(String code) {
    for (TextTactic tactic : ALL) {
      if (tactic.code.equals(code)) {
        return tactic;
      }
    }
    return null;
  }
}
