package io.inferwarden.app.metrics;

import java.util.List;
import java.util.Map;

/**
 * What is shown of one model after a pane of it was judged; replaced as a whole by the next, so
 * that its parts agree with each other.
 *
 * @param evidence at most one for each kind
 * @param outputs shares of the answers' labels in the pane that was judged last; those seen sum to
 *     1, and those expected, too; empty for a model without labels
 * @param figures single figures, without those that are not known
 * @param versions that answer of late, at most a few
 */
public record ModelReport(
    List<KindEvidence> evidence,
    Map<String, LabelShare> outputs,
    Map<ModelFigure, Double> figures,
    List<String> versions) {
  public ModelReport {
    evidence = List.copyOf(evidence);
    outputs = Map.copyOf(outputs);
    figures = Map.copyOf(figures);
    versions = List.copyOf(versions);
  }

  /**
   * The evidence that would be raised as one kind of incident.
   *
   * @param kind code of the kind
   * @param log10 decimal logarithm of the evidence, at least 0: chance alone would do this once in
   *     {@code 10^log10} panes
   * @param alarmLineLog10 where it is an alarm, in the same unit
   * @param causes share of the evidence by cause, each in [0, 1], with a sum of at most 1
   */
  public record KindEvidence(
      String kind, double log10, double alarmLineLog10, Map<String, Double> causes) {
    public KindEvidence {
      if (!(log10 >= 0)) {
        throw new IllegalArgumentException("log10 must be >= 0, was " + log10);
      }
      causes = Map.copyOf(causes);
    }

    /** How far the evidence lies above its alarm line; below 0 where it is no alarm. */
    double margin() {
      return log10 - alarmLineLog10;
    }
  }

  /**
   * How often a label was answered.
   *
   * @param expected share by the baseline, in [0, 1]
   * @param seen share in the pane, in [0, 1]
   */
  public record LabelShare(double expected, double seen) {
    /** Both labels taken together. */
    public LabelShare plus(LabelShare other) {
      return new LabelShare(expected + other.expected, seen + other.seen);
    }
  }

  /** How near the model is to an alarm; the larger, the nearer. */
  double margin() {
    return evidence.stream()
        .mapToDouble(KindEvidence::margin)
        .max()
        .orElse(Double.NEGATIVE_INFINITY);
  }
}
