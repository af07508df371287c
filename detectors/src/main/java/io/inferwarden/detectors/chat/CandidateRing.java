package io.inferwarden.detectors.chat;

import java.util.List;

/**
 * Principals of the learning who form a kind of their own that is too small to be taken as honest:
 * perhaps a ring, perhaps a team.
 *
 * @param signal the signal that sets them apart, in plain words
 * @param principals who, at least one
 */
public record CandidateRing(String signal, List<String> principals) {
  public CandidateRing {
    principals = List.copyOf(principals);
    if (principals.isEmpty()) {
      throw new IllegalArgumentException("principals must not be empty");
    }
  }
}
