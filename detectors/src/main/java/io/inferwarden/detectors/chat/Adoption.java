package io.inferwarden.detectors.chat;

import java.util.List;

/**
 * What a principal took up: its first ten distinct prompts.
 *
 * @param prompts in the order in which they came
 * @param severe whether one of them combines tactics of attacks
 */
public record Adoption(List<PromptKeys> prompts, boolean severe) {
  /** Distinct prompts that decide what a principal took up. */
  public static final int PROMPTS = 10;

  public Adoption {
    prompts = List.copyOf(prompts);
    if (prompts.size() != PROMPTS) {
      throw new IllegalArgumentException("prompts must be " + PROMPTS + ", was " + prompts.size());
    }
  }
}
