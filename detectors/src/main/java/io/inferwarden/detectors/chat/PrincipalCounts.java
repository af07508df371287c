package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.evidence.PolyaUrn;
import java.util.Arrays;

/** Bin counts of one signal, a row for each principal. */
final class PrincipalCounts {
  private static final int HEAVIEST_PRINCIPAL = 60;

  private final int[][] counts;
  private final int[] events;

  /**
   * @param counts of each principal and bin; at least one principal, each with an event
   */
  PrincipalCounts(int[][] counts) {
    this.counts = counts;
    this.events = new int[counts.length];
    for (int i = 0; i < events.length; i++) {
      events[i] = Arrays.stream(counts[i]).sum();
    }
  }

  int principals() {
    return counts.length;
  }

  int bins() {
    return counts[0].length;
  }

  int[] of(int principal) {
    return counts[principal];
  }

  /** Events of a principal, up to which it counts. */
  int weight(int principal) {
    return Math.min(events[principal], HEAVIEST_PRINCIPAL);
  }

  int events(int principal) {
    return events[principal];
  }

  int mostEvents() {
    return Arrays.stream(events).max().orElse(0);
  }

  /** Log marginal of each principal's events under a P&oacute;lya urn. */
  double[] logMarginals(double[] alpha) {
    double strength = Arrays.stream(alpha).sum();
    double[] centre = Arrays.stream(alpha).map(value -> value / strength).toArray();
    double[] logs = new double[counts.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = PolyaUrn.logProbability(strength, centre, counts[i]);
    }
    return logs;
  }
}
