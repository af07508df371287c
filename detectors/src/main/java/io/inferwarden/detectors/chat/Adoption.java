package io.inferwarden.detectors.chat;

import java.util.List;

/**
 * What a principal took up: its first ten distinct prompts.
 *
 * @param prompts in the order in which they came
 * @param attackPrompts how many of them combine tactics of attacks
 */
public record Adoption(List<PromptKeys> prompts, int attackPrompts) {
  /** Distinct prompts that decide what a principal took up. */
  public static final int PROMPTS = 10;

  public Adoption {
    prompts = List.copyOf(prompts);
    if (prompts.size() != PROMPTS) {
      throw new IllegalArgumentException("prompts must be " + PROMPTS + ", was " + prompts.size());
    }
    if (attackPrompts < 0 || attackPrompts > PROMPTS) {
      throw new IllegalArgumentException(
          "attackPrompts must be in [0, " + PROMPTS + "], was " + attackPrompts);
    }
  }
}
