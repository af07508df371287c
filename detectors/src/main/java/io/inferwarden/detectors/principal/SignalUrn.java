package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * One signal of a baseline as P&oacute;lya urns: what honest principals draw, and what six
 * alternatives expect instead.
 *
 * <p>An honest principal is, with weight 0.98, of the kind that was learned: its next event falls
 * in bin {@code x} with probability {@code (k p_x + c_x) / (k + n)}, with the centre and the
 * concentration of a {@link CautiousFit}; with weight 0.02 it is of a kind nobody has seen yet, the
 * same with {@code k / 4}. The weights follow Bayes' rule. Alternatives predict {@code (a_x + y_x)
 * / (sum a + sum y)}: {@code a = p k/4}, {@code p k/16}, {@code 0.5} and {@code 0.1} in each bin
 * with all counts {@code y = c}; {@code a = 4 p} with counts that forget 1/64 an event; {@code a =
 * 0.3} with counts that forget 1/32.
 */
final class SignalUrn {
  static final int ALTERNATIVES = 6;

  /** The first alternative that forgets; it uses the slower recent counts, the next the faster. */
  static final int FIRST_FORGETFUL = 4;

  static final double UNSEEN_ODDS = 0.02 / 0.98;

  private static final double UNSEEN_SHARE_OF_KAPPA = 0.25;
  private static final double LARGEST_ODDS = 1e30;
  private static final double FORGETFUL_CENTRE = 4;
  private static final double FORGETFUL_FLAT = 0.3;

  private final SignalKind kind;
  private final double[] p;
  private final double kappa;
  private final double k;
  private final int principalsKept;
  private final int principals;

  /**
   * @param kind which signal
   * @param p bin probabilities, each &gt; 0
   * @param kappa the fitted concentration
   * @param k the concentration that the evidence uses
   * @param principalsKept principals the robust fit kept
   * @param principals principals the robust fit looked at
   */
  SignalUrn(
      SignalKind kind, double[] p, double kappa, double k, int principalsKept, int principals) {
    this.kind = kind;
    this.p = p;
    this.kappa = kappa;
    this.k = k;
    this.principalsKept = principalsKept;
    this.principals = principals;
  }

  SignalKind kind() {
    return kind;
  }

  double[] p() {
    return p;
  }

  double kappa() {
    return kappa;
  }

  int bins() {
    return p.length;
  }

  SignalCard card() {
    return new SignalCard(kind.plainName(), bins(), kappa, principalsKept, principals);
  }

  /**
   * Compares the alternatives with the null at one event.
   *
   * @param bin where the event fell
   * @param step the counts before the event; its ratios and next odds are set
   */
  void predict(int bin, UrnStep step) {
    double centre = p[bin];
    double count = step.count;
    double total = step.total;
    double odds = step.unseenOdds;
    double learned = (k * centre + count) / (k + total);
    double widerK = UNSEEN_SHARE_OF_KAPPA * k;
    double unseen = (widerK * centre + count) / (widerK + total);
    double inverse = (1 + odds) / (learned + odds * unseen);
    step.nextUnseenOdds =
        Math.max(1 / LARGEST_ODDS, Math.min(LARGEST_ODDS, odds * unseen / learned));
    double[] ratios = step.ratios;
    ratios[0] = (k / 4 * centre + count) / (k / 4 + total) * inverse;
    ratios[1] = (k / 16 * centre + count) / (k / 16 + total) * inverse;
    ratios[2] = (0.5 + count) / (0.5 * bins() + total) * inverse;
    ratios[3] = (0.1 + count) / (0.1 * bins() + total) * inverse;
    ratios[4] =
        (FORGETFUL_CENTRE * centre + step.slow) / (FORGETFUL_CENTRE + step.slowTotal) * inverse;
    ratios[5] = (FORGETFUL_FLAT + step.fast) / (FORGETFUL_FLAT * bins() + step.fastTotal) * inverse;
  }

  void writeTo(StateWriter out) {
    out.writeByte(kind.position()).writeDoubles(p).writeDouble(kappa).writeDouble(k);
    out.writeInt(principalsKept).writeInt(principals);
  }

  static SignalUrn readFrom(StateReader in) {
    return new SignalUrn(
        SignalKind.at(in.readByte()),
        in.readDoubles(),
        in.readDouble(),
        in.readDouble(),
        in.readInt(),
        in.readInt());
  }
}
