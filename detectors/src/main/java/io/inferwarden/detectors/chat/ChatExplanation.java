package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.principal.AbuseKind;
import io.inferwarden.detectors.principal.SignalShare;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Splits a level into the parts of its signals, and finds the bins behind them. */
final class ChatExplanation {
  private static final int MOST_BINS = 3;
  private static final double LEADING_SHARE = 0.05;
  private static final double CARRYING_SHARE = 0.5;
  private static final double SHOWING_SHARE = 0.1;
  private static final double SHOWING_RATIO = 5;

  /** An eighth, and what a fit may move its edge. */
  private static final double OUTER_SHARE = 0.15;

  private static final double HARDLY_REPEATING = 0.8;

  private final ChatBaseline baseline;
  private final ChatState state;
  private final double[] shares;
  private final int[] offsets;

  ChatExplanation(ChatBaseline baseline, ChatState state) {
    this.baseline = baseline;
    this.state = state;
    List<ChatUrns> urns = baseline.urns();
    this.shares = new double[urns.size()];
    this.offsets = new int[urns.size()];
    double total = 0;
    int offset = 0;
    for (int i = 0; i < shares.length; i++) {
      offsets[i] = offset;
      offset += urns.get(i).bins();
      shares[i] = urns.get(i).signal().weight() * (double) state.value(baseline.weights() + i);
      total += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] = total > 0 ? Math.min(1, shares[i] / total) : 0;
    }
  }

  List<SignalShare> shares() {
    List<SignalShare> list = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      ChatUrns signal = baseline.urns().get(i);
      list.add(
          new SignalShare(
              signal.signal().plainName(),
              shares[i],
              shares[i] >= LEADING_SHARE ? excesses(signal, offsets[i]) : List.of()));
    }
    list.sort(Comparator.comparingDouble(SignalShare::share).reversed());
    return list;
  }

  private List<SignalShare.BinExcess> excesses(ChatUrns urns, int offset) {
    int events = state.total(offset, urns.bins());
    List<SignalShare.BinExcess> excesses = new ArrayList<>();
    for (int bin = 0; bin < urns.bins(); bin++) {
      double observed = events > 0 ? state.count(offset + bin) / (double) events : 0;
      double expected = urns.centre()[bin];
      if (observed > expected) {
        String description =
            urns.signal().describe(bin, baseline.cuts().edges(urns.signal()), urns.centre());
        excesses.add(new SignalShare.BinExcess(description, expected, observed, events));
      }
    }
    excesses.sort(
        Comparator.comparingDouble(
            excess -> excess.expectedProbability() - excess.observedShare()));
    return excesses.subList(0, Math.min(MOST_BINS, excesses.size()));
  }

  AbuseKind kind() {
    return switch (leadingSeverity()) {
      case ChatSignal.SEVERE_SEVERAL -> AbuseKind.INJECTION;
      case ChatSignal.SEVERE_INSTRUCTIONS -> AbuseKind.PROMPT_EXTRACTION;
      case ChatSignal.SEVERE_MEMORY -> AbuseKind.DATA_EXTRACTION;
      default -> kindOfStyle();
    };
  }

  /**
   * The severity above 0 whose excess says most; 0 when tactics neither carry the level nor show in
   * a tenth of the prompts.
   */
  private int leadingSeverity() {
    int position = positionOf(ChatSignal.SEVERE);
    if (position < 0) {
      return 0;
    }
    boolean carries = share(ChatSignal.TACTICS) + share(ChatSignal.SEVERE) >= CARRYING_SHARE;
    double[] usual = baseline.urns().get(position).centre();
    int leading = 0;
    double most = 0;
    for (int bin = 1; bin < ChatSignal.TACTIC_BINS; bin++) {
      double observed = observedShare(position, bin);
      double excess = observed > 0 ? observed * Math.log(observed / usual[bin]) : 0;
      boolean shows = observed >= SHOWING_SHARE && observed >= SHOWING_RATIO * usual[bin];
      if ((carries || shows) && excess > most) {
        leading = bin;
        most = excess;
      }
    }
    return leading;
  }

  private AbuseKind kindOfStyle() {
    boolean longAnswers = highestEighth(ChatSignal.OUT) >= CARRYING_SHARE;
    boolean longPrompts =
        highestEighth(ChatSignal.IN) >= CARRYING_SHARE && share(ChatSignal.IN) >= CARRYING_SHARE;
    if (longAnswers || longPrompts) {
      return AbuseKind.DENIAL_OF_WALLET;
    }
    if (lowestEighth(ChatSignal.OUT) >= CARRYING_SHARE) {
      return AbuseKind.SCRIPTED_USE;
    }
    return distinctTexts() >= HARDLY_REPEATING * state.events()
        ? AbuseKind.DISTILLATION
        : AbuseKind.SCRIPTED_USE;
  }

  /** Texts that were no repeats, counted by the signal that saw most of them. */
  private int distinctTexts() {
    int most = 0;
    for (int i = 0; i < offsets.length; i++) {
      most = Math.max(most, state.total(offsets[i], baseline.urns().get(i).bins()));
    }
    return most;
  }

  private double share(ChatSignal signal) {
    int position = positionOf(signal);
    return position < 0 ? 0 : shares[position];
  }

  /** Share of the principal's events in the bins that hold the highest eighth of usual events. */
  private double highestEighth(ChatSignal signal) {
    int position = positionOf(signal);
    return position < 0 ? 0 : outerEighth(position, baseline.urns().get(position).bins() - 1, -1);
  }

  /** Share of the principal's events in the bins that hold the lowest eighth of usual events. */
  private double lowestEighth(ChatSignal signal) {
    int position = positionOf(signal);
    return position < 0 ? 0 : outerEighth(position, 0, 1);
  }

  private double outerEighth(int position, int outermost, int step) {
    double[] usual = baseline.urns().get(position).centre();
    double outside = 0;
    double observed = 0;
    for (int bin = outermost;
        bin >= 0 && bin < usual.length && outside + usual[bin] <= OUTER_SHARE;
        bin += step) {
      outside += usual[bin];
      observed += observedShare(position, bin);
    }
    return observed;
  }

  private double observedShare(int position, int bin) {
    int total = state.total(offsets[position], baseline.urns().get(position).bins());
    return total == 0 ? 0 : state.count(offsets[position] + bin) / (double) total;
  }

  /** Where a signal stands among those that were formed; -1 when it was not. */
  private int positionOf(ChatSignal signal) {
    for (int i = 0; i < shares.length; i++) {
      if (baseline.urns().get(i).signal() == signal) {
        return i;
      }
    }
    return -1;
  }
}
