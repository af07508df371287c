package io.inferwarden.detectors.cohort;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first distinct prompts of an account, told once, when it has sent the {@value #PROMPTS}-th of
 * them.
 *
 * @param account its name
 * @param organisation whom it belongs to, null when unknown
 * @param prompts 1 to {@value #PROMPTS} prompts with different texts, in the order they were sent
 */
public record Adoption(String account, @Nullable String organisation, List<PromptPrint> prompts) {
  /** Prompts that decide what an account has adopted. */
  public static final int PROMPTS = 10;

  public Adoption {
    prompts = List.copyOf(prompts);
    if (prompts.isEmpty() || prompts.size() > PROMPTS) {
      throw new IllegalArgumentException(
          "prompts must be 1 to " + PROMPTS + ", were " + prompts.size());
    }
  }
}
