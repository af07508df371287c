package io.inferwarden.app.processor;

import io.inferwarden.alerting.Change;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.HistogramBin;
import io.inferwarden.detectors.model.BinShift;
import io.inferwarden.detectors.model.CauseShare;
import io.inferwarden.detectors.model.SignalChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What carries the evidence about a model, in the words and numbers that people see. */
final class ChangeEvidence {
  private static final int REASONS = 4;

  /** Causes that carry less of the evidence than this are not told. */
  private static final double LEAST_SHARE = .01;

  private ChangeEvidence() {}

  /** The leading causes, in their order. */
  static List<Evidence> of(List<CauseShare> causes) {
    List<Evidence> reasons = new ArrayList<>();
    for (CauseShare cause : causes) {
      boolean matters = reasons.isEmpty() || cause.share() >= LEAST_SHARE;
      SignalChange change = cause.change();
      if (reasons.size() < REASONS && matters && change != null) {
        reasons.add(of(cause.signal(), cause.share(), change));
      }
    }
    return reasons;
  }

  /** One signal's change, told by the bin that moved most. */
  static Evidence of(String signal, double share, SignalChange change) {
    BinShift moved =
        change.bins().stream()
            .max(Comparator.comparingDouble(ChangeEvidence::contribution))
            .orElseThrow();
    return Evidence.ofModel(
        signal, share, moved.bin(), moved.expectedShare(), moved.observedShare(), toldOf(change));
  }

  private static Change toldOf(SignalChange change) {
    double total = change.bins().stream().mapToDouble(ChangeEvidence::contribution).sum();
    List<HistogramBin> bins = new ArrayList<>();
    for (BinShift bin : change.bins()) {
      double contribution = total > 0 ? contribution(bin) / total : Double.NaN;
      bins.add(new HistogramBin(bin.bin(), bin.expectedShare(), bin.observedShare(), contribution));
    }
    return new Change(
        change.totalVariation(), change.shift(), change.usualMedian(), change.recentMedian(), bins);
  }

  private static double contribution(BinShift bin) {
    return bin.stabilityIndex();
  }
}
