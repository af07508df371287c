package io.inferwarden.detectors.cohort;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Use that a policy has registered, so that taking it up together is no ring: a class, a product
 * launch, a new release of a client.
 *
 * @param templates fingerprints (line, head or tail) of registered templates; a prompt that has one
 *     of them counts for nothing, whatever its other fingerprints are
 * @param organisations whose accounts adopt nothing
 */
public record RegisteredUse(Set<Long> templates, Set<String> organisations) {
  /** Nothing is registered. */
  public static final RegisteredUse NONE = new RegisteredUse(Set.of(), Set.of());

  public RegisteredUse {
    templates = Set.copyOf(templates);
    organisations = Set.copyOf(organisations);
  }

  boolean covers(PromptPrint prompt) {
    return templates.contains(prompt.line())
        || templates.contains(prompt.head())
        || templates.contains(prompt.tail());
  }

  boolean covers(@Nullable String organisation) {
    return organisation != null && organisations.contains(organisation);
  }
}
