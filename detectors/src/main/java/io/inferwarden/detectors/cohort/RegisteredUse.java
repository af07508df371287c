package io.inferwarden.detectors.cohort;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Use that a policy has registered, so that taking it up together is no ring: a class, a product
 * launch, a new release of a client.
 *
 * @param organisations whose accounts adopt nothing
 */
public record RegisteredUse(Set<String> organisations) {
  /** Nothing is registered. */
  public static final RegisteredUse NONE = new RegisteredUse(Set.of());

  public RegisteredUse {
    organisations = Set.copyOf(organisations);
  }

  boolean covers(@Nullable String organisation) {
    return organisation != null && organisations.contains(organisation);
  }
}
