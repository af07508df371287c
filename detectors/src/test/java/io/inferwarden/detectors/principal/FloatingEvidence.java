package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.budget.SpendSchedule;
import java.util.Arrays;
import java.util.List;

/** The evidence of one principal as the formulas give it, in double precision. */
final class FloatingEvidence {
  private static final double SLOW_DECAY = 1 - 1 / 64.0;
  private static final double FAST_DECAY = 1 - 1 / 32.0;

  private final List<SignalUrn> urns;
  private final double[][] counts;
  private final double[][] slow;
  private final double[][] fast;
  private final double[] odds;
  private final double[][] martingales;
  private final UrnStep step = new UrnStep();

  FloatingEvidence(List<SignalUrn> urns) {
    this.urns = urns;
    this.counts = urns.stream().map(urn -> new double[urn.bins()]).toArray(double[][]::new);
    this.slow = urns.stream().map(urn -> new double[urn.bins()]).toArray(double[][]::new);
    this.fast = urns.stream().map(urn -> new double[urn.bins()]).toArray(double[][]::new);
    this.odds = urns.stream().mapToDouble(urn -> SignalUrn.UNSEEN_ODDS).toArray();
    this.martingales = new double[urns.size()][SignalUrn.ALTERNATIVES];
  }

  double martingale(int signal, int alternative) {
    return martingales[signal][alternative];
  }

  void restart() {
    for (double[] ofSignal : martingales) {
      Arrays.fill(ofSignal, 0);
    }
  }

  /** The level after an event. */
  double observe(int[] binOfKind, double principalSpend) {
    double sum = 0;
    for (int i = 0; i < urns.size(); i++) {
      int bin = binOfKind[urns.get(i).kind().position()];
      if (bin >= 0) {
        observe(i, bin, principalSpend);
      }
      for (double martingale : martingales[i]) {
        sum += martingale;
      }
    }
    return sum / (urns.size() * SignalUrn.ALTERNATIVES);
  }

  private void observe(int signal, int bin, double principalSpend) {
    step.count = counts[signal][bin];
    step.total = sum(counts[signal]);
    step.slow = slow[signal][bin];
    step.slowTotal = sum(slow[signal]);
    step.fast = fast[signal][bin];
    step.fastTotal = sum(fast[signal]);
    step.unseenOdds = odds[signal];
    urns.get(signal).predict(bin, step);
    double spend = principalSpend * SpendSchedule.shareAfter(step.total);
    for (int j = 0; j < SignalUrn.ALTERNATIVES; j++) {
      martingales[signal][j] = (martingales[signal][j] + spend) * step.ratios[j];
    }
    odds[signal] = step.nextUnseenOdds;
    for (int i = 0; i < counts[signal].length; i++) {
      slow[signal][i] *= SLOW_DECAY;
      fast[signal][i] *= FAST_DECAY;
    }
    counts[signal][bin]++;
    slow[signal][bin]++;
    fast[signal][bin]++;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
