package io.inferwarden.app.processor;

import io.inferwarden.app.metrics.ModelReport.LabelShare;
import io.inferwarden.detectors.model.BinShift;
import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.PaneCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a model answered in one pane.
 *
 * @param paneStartMillis start of the pane, event time
 * @param answers how many answers there were
 * @param labels share of each label, the largest few by name; empty for a model without labels
 * @param refusals share of the texts that open as a refusal; NaN where nobody knows
 * @param errors share of the calls that failed; NaN where nobody knows
 */
record AnswerShares(
    long paneStartMillis,
    long answers,
    Map<String, LabelShare> labels,
    double refusals,
    double errors) {
  private static final int SHOWN_LABELS = 10;
  private static final String LABEL = "output.label";
  private static final String OPENING = "output.text.opening";
  private static final String STATUS = "status";
  private static final String IS = " = ";

  /** The names by which {@link BinShift} tells the values that have no bin of their own. */
  private static final Map<String, String> UNNAMED =
      Map.of("missing", "missing", "NEW value", "new", "other known value", "other");

  static AnswerShares of(ModelDetector detector, long paneStartMillis, PaneCounts counts) {
    return new AnswerShares(
        paneStartMillis,
        counts.outputEvents(),
        labels(detector.categoryShares(LABEL, paneStartMillis, counts)),
        share(detector.categoryShares(OPENING, paneStartMillis, counts), OPENING + IS + "refusal"),
        1 - share(detector.categoryShares(STATUS, paneStartMillis, counts), STATUS + IS + "ok"));
  }

  private static Map<String, LabelShare> labels(List<BinShift> bins) {
    List<BinShift> ranked = new ArrayList<>(bins);
    ranked.removeIf(bin -> UNNAMED.containsKey(bin.bin()));
    ranked.sort(
        Comparator.comparingDouble(
                (BinShift bin) -> Math.max(bin.expectedShare(), bin.observedShare()))
            .reversed());
    List<BinShift> named = ranked.subList(0, Math.min(SHOWN_LABELS, ranked.size()));
    Map<String, LabelShare> labels = new LinkedHashMap<>();
    for (BinShift bin : bins) {
      String unnamed = UNNAMED.getOrDefault(bin.bin(), "other");
      String label = named.contains(bin) ? bin.bin().substring((LABEL + IS).length()) : unnamed;
      LabelShare share = new LabelShare(bin.expectedShare(), bin.observedShare());
      labels.merge(label, share, LabelShare::plus);
    }
    return labels;
  }

  /** Share of one value among the values that are there. */
  private static double share(List<BinShift> bins, String value) {
    double present = 0;
    double found = Double.NaN;
    for (BinShift bin : bins) {
      present += bin.bin().equals("missing") ? 0 : bin.observedShare();
      found = bin.bin().equals(value) ? bin.observedShare() : found;
    }
    return present > 0 ? Math.min(1, found / present) : Double.NaN;
  }
}
