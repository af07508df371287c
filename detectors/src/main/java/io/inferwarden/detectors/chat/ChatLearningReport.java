package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.principal.RejectedPrincipal;
import java.util.List;

/**
 * How a learning period went; names principals, so it is not part of the baseline.
 *
 * @param events chat events looked at
 * @param principals distinct principals among them
 * @param signals the signals that were formed
 * @param excess how well all signals together keep their promise
 * @param omissions in plain words, which signals could not be formed and why, or why there is no
 *     baseline at all
 * @param rejected principals that no kind of honest principals explains, most signals first
 * @param candidateRings kinds that are too small to be taken as honest
 */
public record ChatLearningReport(
    int events,
    int principals,
    List<ChatSignalCard> signals,
    Excess excess,
    List<String> omissions,
    List<RejectedPrincipal> rejected,
    List<CandidateRing> candidateRings) {
  public ChatLearningReport {
    signals = List.copyOf(signals);
    omissions = List.copyOf(omissions);
    rejected = List.copyOf(rejected);
    candidateRings = List.copyOf(candidateRings);
  }

  static ChatLearningReport blind(int events, int principals, List<String> reasons) {
    return new ChatLearningReport(
        events, principals, List.of(), new Excess(0, 0, 0), reasons, List.of(), List.of());
  }
}
