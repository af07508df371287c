package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * How well the promise of the evidence is kept on the principals of the learning who sent at least
 * five different texts, each judged by a fit to the other half of them. Were they all honest and
 * drawn as the null says, the evidence of at most 5 % would ever reach 20, and of at most 1 % would
 * ever reach 100 (Ville's inequality). Attackers among them count as excess, too.
 *
 * @param principals how many were looked at; 0 when there were too few to measure
 * @param reached20 how many had evidence of 20 or more at some time
 * @param reached100 how many had evidence of 100 or more at some time
 */
public record Excess(int principals, int reached20, int reached100) {
  private static final double PROMISED_20 = 0.05;
  private static final double PROMISED_100 = 0.01;

  /** With fewer, a share of 1 % does not show. */
  private static final int FEWEST_PRINCIPALS = 1000;

  public Excess {
    if (!(0 <= reached100 && reached100 <= reached20 && reached20 <= principals)) {
      throw new IllegalArgumentException(
          "counts must be 0 <= reached100 <= reached20 <= principals, were "
              + reached100
              + ", "
              + reached20
              + ", "
              + principals);
    }
  }

  /** Share of the principals whose evidence ever reached 20, in [0, 1]; promised: 0.05. */
  public double shareReaching20() {
    return principals == 0 ? 0 : reached20 / (double) principals;
  }

  /** Share of the principals whose evidence ever reached 100, in [0, 1]; promised: 0.01. */
  public double shareReaching100() {
    return principals == 0 ? 0 : reached100 / (double) principals;
  }

  /**
   * How many times the promised share was reached, at the worse of both bars; at least 1. Who wants
   * the promise kept nearly divides the spend by it.
   */
  public double timesPromised() {
    return Math.max(
        1, Math.max(shareReaching20() / PROMISED_20, shareReaching100() / PROMISED_100));
  }

  /**
   * Whether the counts are what the promise allows, within two standard deviations; false when
   * fewer than 1,000 principals were looked at, which cannot show it.
   */
  public boolean isPromiseKept() {
    return principals >= FEWEST_PRINCIPALS
        && isWithin(reached20, PROMISED_20 * principals)
        && isWithin(reached100, PROMISED_100 * principals);
  }

  private static boolean isWithin(int count, double promised) {
    return count <= promised + 2 * Math.sqrt(promised);
  }

  void writeTo(StateWriter out) {
    out.writeInt(principals).writeInt(reached20).writeInt(reached100);
  }

  static Excess readFrom(StateReader in) {
    return new Excess(in.readInt(), in.readInt(), in.readInt());
  }
}
