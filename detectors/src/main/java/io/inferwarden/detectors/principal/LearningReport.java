package io.inferwarden.detectors.principal;

import java.util.List;

/**
 * How a learning period went; names principals, so it is not part of the baseline.
 *
 * @param events events looked at
 * @param principals distinct principals among them
 * @param signals the signals that were formed
 * @param omissions in plain words, which signals could not be formed and why; without any signal
 *     there is no baseline
 * @param rejected principals that the robust fit took for another kind, most signals first
 */
public record LearningReport(
    int events,
    int principals,
    List<SignalCard> signals,
    List<String> omissions,
    List<RejectedPrincipal> rejected) {
  public LearningReport {
    signals = List.copyOf(signals);
    omissions = List.copyOf(omissions);
    rejected = List.copyOf(rejected);
  }
}
