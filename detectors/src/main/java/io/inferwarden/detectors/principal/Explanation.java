package io.inferwarden.detectors.principal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Splits a level into the parts of its signals, and finds the bins behind them. */
final class Explanation {
  private static final int MOST_BINS = 3;
  private static final double LEADING_SHARE = 0.05;

  private final PrincipalBaseline baseline;
  private final PrincipalState state;

  Explanation(PrincipalBaseline baseline, PrincipalState state) {
    this.baseline = baseline;
    this.state = state;
  }

  List<SignalShare> shares() {
    List<SignalUrn> urns = baseline.urns();
    double total = 0;
    for (int i = 0; i < urns.size(); i++) {
      total += levelOf(i);
    }
    List<SignalShare> shares = new ArrayList<>();
    int offset = 0;
    for (int i = 0; i < urns.size(); i++) {
      double share = total > 0 ? Math.min(1, levelOf(i) / total) : 0;
      shares.add(
          new SignalShare(
              urns.get(i).kind().plainName(),
              share,
              share >= LEADING_SHARE ? excesses(urns.get(i), i, offset) : List.of()));
      offset += urns.get(i).bins();
    }
    shares.sort(Comparator.comparingDouble(SignalShare::share).reversed());
    return shares;
  }

  private double levelOf(int signal) {
    double sum = 0;
    for (int j = 0; j < SignalUrn.ALTERNATIVES; j++) {
      sum += state.martingale(signal, j);
    }
    return sum;
  }

  /** Whether the alternatives that forget carry most of a signal's level. */
  private boolean isRecent(int signal) {
    double recent = 0;
    for (int j = SignalUrn.FIRST_FORGETFUL; j < SignalUrn.ALTERNATIVES; j++) {
      recent += state.martingale(signal, j);
    }
    return recent > levelOf(signal) / 2;
  }

  private List<SignalShare.BinExcess> excesses(SignalUrn urn, int signal, int offset) {
    boolean recent = isRecent(signal);
    double unit = recent ? PrincipalState.SLOW_UNITS : 1;
    double events =
        (recent ? state.slowTotal(offset, urn.bins()) : state.total(offset, urn.bins())) / unit;
    List<Excess> excesses = new ArrayList<>();
    for (int bin = 0; bin < urn.bins(); bin++) {
      int count = recent ? state.slow(offset + bin) : state.count(offset + bin);
      double observed = events > 0 ? count / unit / events : 0;
      if (observed > urn.p()[bin]) {
        excesses.add(new Excess(bin, urn.p()[bin], observed));
      }
    }
    return excesses.stream()
        .sorted(Comparator.comparingDouble(excess -> excess.expected - excess.observed))
        .limit(MOST_BINS)
        .map(excess -> described(urn, excess, (int) Math.ceil(events)))
        .toList();
  }

  /** A bin that was seen more often than expected; both are shares. */
  private record Excess(int bin, double expected, double observed) {}

  private SignalShare.BinExcess described(SignalUrn urn, Excess excess, int events) {
    return new SignalShare.BinExcess(
        urn.kind().describe(excess.bin, baseline.inputModel().labels()),
        excess.expected,
        excess.observed,
        events);
  }
}
