package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.principal.LearningSample;
import io.inferwarden.detectors.principal.PrincipalGrowth;
import io.inferwarden.detectors.principal.RejectedPrincipal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Learns from a bounded sample of a learning period what is usual for the principals of a chat
 * model. Events that are not of a chat model are passed over.
 *
 * <p>The first third of the period, by time, fills the table of words; edges of bins and kinds of
 * principals come from the other two thirds, so that no prompt is judged by a table that holds it.
 * A signal is formed when 30 principals have 5 events with it (3, if fewer than 50 have 5). The
 * sample may hold attackers, up to a fifth of the principals: the fit of each signal leaves out
 * whom it cannot explain, takes no small kind as honest, and says so. Deterministic: the same
 * sample gives the same baseline.
 */
public final class ChatBaselineLearner {
  /** With fewer principals than this the model stays unwatched. */
  public static final int FEWEST_PRINCIPALS = 100;

  static final int FEWEST_PRINCIPALS_OF_A_SIGNAL = 30;

  private ChatBaselineLearner() {}

  /**
   * Learns a baseline from the events of a learning period.
   *
   * @param samples sorted by time, at most 60 events a principal (the caller sees to it; a fit over
   *     more is valid but lets heavy users weigh on edges and words)
   * @return the baseline, absent when it would be blind, and the report
   * @throws IllegalArgumentException when the samples are not sorted by time
   */
  public static ChatLearningOutcome learn(List<LearningSample> samples) {
    return learn(samples, 1);
  }

  /**
   * Learns a baseline from the events of some of the principals.
   *
   * @param samples as above
   * @param principalShare share of all principals that the samples are of, in (0, 1]: how many are
   *     to be expected, over whom the budget is split, grows by its inverse
   */
  public static ChatLearningOutcome learn(List<LearningSample> samples, double principalShare) {
    requireSorted(samples);
    if (!(principalShare > 0 && principalShare <= 1)) {
      throw new IllegalArgumentException("principalShare must be in (0, 1], was " + principalShare);
    }
    List<LearningSample> chats =
        samples.stream().filter(sample -> ChatBaseline.isChat(sample.observation())).toList();
    ChatSample sample = ChatSample.of(chats);
    int principals = sample.principals().size();
    if (principals < FEWEST_PRINCIPALS) {
      String reason =
          principals
              + " principals were seen with a chat, "
              + FEWEST_PRINCIPALS
              + " are needed to tell honest ones from others";
      return blind(ChatLearningReport.blind(chats.size(), principals, List.of(reason)));
    }
    return fit(chats, sample, principalShare);
  }

  private static ChatLearningOutcome blind(ChatLearningReport report) {
    return new ChatLearningOutcome(Optional.empty(), report);
  }

  private static void requireSorted(List<LearningSample> samples) {
    for (int i = 1; i < samples.size(); i++) {
      long before = samples.get(i - 1).observation().timeMillis();
      long now = samples.get(i).observation().timeMillis();
      if (now < before) {
        throw new IllegalArgumentException(
            "samples must be sorted by time, was " + now + " after " + before + " at " + i);
      }
    }
  }

  private static ChatLearningOutcome fit(
      List<LearningSample> chats, ChatSample sample, double principalShare) {
    List<SignalFit> fits = new ArrayList<>();
    List<ChatUrns> urns = new ArrayList<>();
    List<String> omissions = new ArrayList<>();
    for (ChatSignal signal : ChatSignal.values()) {
      SignalFit fit = SignalFit.of(sample, signal, who -> true);
      if (fit.urns().isEmpty()) {
        omissions.add(fit.omission());
      } else {
        fits.add(fit);
        urns.add(fit.urns().get());
      }
    }
    int principals = sample.principals().size();
    if (urns.isEmpty()) {
      return blind(ChatLearningReport.blind(chats.size(), principals, omissions));
    }
    PromiseAudit audit = PromiseAudit.of(sample, urns);
    ChatLearningReport report = report(chats.size(), principals, fits, omissions, audit);
    ChatBaseline baseline =
        new ChatBaseline(
            sample.words(),
            sample.cuts(),
            urns,
            report.signals(),
            report.excess(),
            principals,
            principalsPerWeek(chats, principals) / principalShare);
    return new ChatLearningOutcome(Optional.of(baseline), report);
  }

  private static ChatLearningReport report(
      int events,
      int principals,
      List<SignalFit> fits,
      List<String> omissions,
      PromiseAudit audit) {
    List<ChatSignalCard> cards = new ArrayList<>();
    List<CandidateRing> rings = new ArrayList<>();
    Map<String, List<String>> rejected = new TreeMap<>();
    for (int i = 0; i < fits.size(); i++) {
      cards.add(fits.get(i).card(audit.ofSignal(i)));
      fits.get(i).addTo(rejected, rings);
    }
    return new ChatLearningReport(
        events, principals, cards, audit.ofAll(), omissions, mostRejectedFirst(rejected), rings);
  }

  private static List<RejectedPrincipal> mostRejectedFirst(Map<String, List<String>> rejected) {
    List<RejectedPrincipal> list = new ArrayList<>();
    rejected.forEach((who, signals) -> list.add(new RejectedPrincipal(who, signals)));
    list.sort((a, b) -> Integer.compare(b.signals().size(), a.signals().size()));
    return list;
  }

  private static double principalsPerWeek(List<LearningSample> samples, int principals) {
    long start = samples.get(0).observation().timeMillis();
    double learningMillis =
        samples.get(samples.size() - 1).observation().timeMillis() - (double) start;
    Set<String> early = new HashSet<>();
    for (LearningSample sample : samples) {
      if (sample.observation().timeMillis() - start < learningMillis / 2) {
        early.add(sample.principal());
      }
    }
    return PrincipalGrowth.perWeek(principals, principals - early.size(), learningMillis);
  }
}
