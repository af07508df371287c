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
    return AbuseKind.DISTILLATION;
  }
}
