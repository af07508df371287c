package io.inferwarden.detectors.model;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * The evidence that two samples that arrive side by side, pane by pane, come from different bin
 * probabilities; no baseline is needed.
 *
 * <p>Null hypothesis: in each pane the events of both fall in the bins with the same probabilities,
 * whatever they are. With counts {@code a}, {@code b} of {@code A} and {@code B} events in a pane
 * and guesses {@code qA}, {@code qB} from earlier panes:
 *
 * <pre>
 * q_k = (A qA_k + B qB_k) / (A + B)
 * E   = prod over panes of prod_k (qA_k / q_k)^a_k (qB_k / q_k)^b_k</pre>
 *
 * <p>By weighted AM-GM its mean is at most 1 for any common probabilities, at any stopping time
 * (Turner, Ly, Gruenwald, arXiv:2106.02693). A guess is the sample's own earlier share of a bin,
 * held to the pooled one with the strength of 10 or of 100 events; the evidence is the mean over
 * both. Events of a pane that resemble each other count for less: the pane's factor is raised to
 * {@code independent <= 1}, which by Jensen's inequality keeps its mean at most 1.
 *
 * <p>State: two doubles a bin and two more. Cost of a pane: two logarithms a bin and strength.
 * Mutable, not thread-safe, deterministic.
 */
final class TwoSampleEvidence {
  private static final double[] STRENGTHS = {10, 100};
  private static final double LEAST_SHARE = .5;
  private static final double LARGEST_LOG = 50;

  private final double[] logs;
  private final double[] control;
  private final double[] candidate;

  TwoSampleEvidence(int bins) {
    this(new double[STRENGTHS.length], new double[bins], new double[bins]);
  }

  private TwoSampleEvidence(double[] logs, double[] control, double[] candidate) {
    this.logs = logs;
    this.control = control;
    this.candidate = candidate;
  }

  /**
   * Judges a pane, then learns from it. A pane in which one side has no event says nothing.
   *
   * @param controlCounts of the pane; not modified
   * @param candidateCounts of the pane; not modified
   * @param independent what each event counts for, in (0, 1]
   */
  void step(int[] controlCounts, int[] candidateCounts, double independent) {
    double controls = Vectors.sum(controlCounts);
    double candidates = Vectors.sum(candidateCounts);
    if (controls == 0 || candidates == 0) {
      return;
    }
    double controlsBefore = Vectors.sum(control);
    double candidatesBefore = Vectors.sum(candidate);
    double before = controlsBefore + candidatesBefore + LEAST_SHARE * control.length;
    for (int i = 0; i < STRENGTHS.length; i++) {
      double strength = STRENGTHS[i];
      double log = 0;
      for (int k = 0; k < control.length; k++) {
        double pooled = (control[k] + candidate[k] + LEAST_SHARE) / before;
        double ofControl = (control[k] + strength * pooled) / (controlsBefore + strength);
        double ofCandidate = (candidate[k] + strength * pooled) / (candidatesBefore + strength);
        double both = (controls * ofControl + candidates * ofCandidate) / (controls + candidates);
        log += controlCounts[k] * Math.log(ofControl / both);
        log += candidateCounts[k] * Math.log(ofCandidate / both);
      }
      logs[i] += independent * log;
    }
    for (int k = 0; k < control.length; k++) {
      control[k] += controlCounts[k];
      candidate[k] += candidateCounts[k];
    }
  }

  /** The e-value, at most e^50; 1 before anything was compared. Larger means more evidence. */
  double eValue() {
    double sum = 0;
    for (double log : logs) {
      sum += Math.exp(Math.min(log, LARGEST_LOG));
    }
    return sum / logs.length;
  }

  /** Adds what the candidate would hold in each bin if it shared the control's shares so far. */
  void addExpected(double[] into) {
    double controls = Vectors.sum(control);
    double candidates = Vectors.sum(candidate);
    for (int k = 0; k < into.length && controls > 0; k++) {
      into[k] += candidates * control[k] / controls;
    }
  }

  void writeTo(StateWriter writer) {
    writer.writeDoubles(logs).writeDoubles(control).writeDoubles(candidate);
  }

  static TwoSampleEvidence readFrom(StateReader reader, int bins) {
    return new TwoSampleEvidence(
        StoredDoubles.read(reader, STRENGTHS.length),
        StoredDoubles.read(reader, bins),
        StoredDoubles.read(reader, bins));
  }
}
