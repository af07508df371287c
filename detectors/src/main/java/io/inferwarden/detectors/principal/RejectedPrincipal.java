package io.inferwarden.detectors.principal;

import java.util.List;

/**
 * A principal of the learning period that a robust fit left out of the baseline.
 *
 * @param principal who
 * @param signals names of the signals whose fit rejected it, at least one
 */
public record RejectedPrincipal(String principal, List<String> signals) {
  public RejectedPrincipal {
    signals = List.copyOf(signals);
    if (signals.isEmpty()) {
      throw new IllegalArgumentException("signals must not be empty");
    }
  }
}
