package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * One signal of a baseline as P&oacute;lya urns: what honest principals draw, and what six
 * alternatives expect instead.
 *
 * <p>An honest principal is, with weight 0.98, of the kind that was learned: its next event falls
 * in bin {@code x} with probability {@code (k p_x + c_x) / (k + n)}, {@code k = 0.7 kappa} because
 * the fitted kappa is uncertain; with weight 0.02 it is of a kind nobody has seen yet, the same
 * with {@code k / 4}. The weights follow Bayes' rule. Alternatives predict {@code (a_x + y_x) /
 * (sum a + sum y)}: {@code a = p k/4}, {@code p k/16}, {@code 0.5} and {@code 0.1} in each bin with
 * all counts {@code y = c}; {@code a = 4 p} with counts that forget 1/64 an event; {@code a = 0.3}
 * with counts that forget 1/32.
 */
final class SignalUrn {
  static final int ALTERNATIVES = 6;

  /** The first alternative that forgets; it uses the slower recent counts, the next the faster. */
  static final int FIRST_FORGETFUL = 4;

  static final double UNSEEN_ODDS = 0.02 / 0.98;

  private static final double UNSEEN_SHARE_OF_KAPPA = 0.25;
  private static final double KAPPA_UNCERTAINTY = 0.7;
  private static final double LARGEST_LEVEL = 1e30;
  private static final double LARGEST_ODDS = 1e30;
  private static final double UNIT = 1.0 / PrincipalState.RECENT_UNITS;
  private static final double FORGETFUL_CENTRE = 4;
  private static final double FORGETFUL_FLAT = 0.3;

  private final SignalKind kind;
  private final double[] p;
  private final double kappa;
  private final int principalsKept;
  private final int principals;

  /**
   * @param kind which signal
   * @param p bin probabilities, each &gt; 0
   * @param kappa the fitted concentration
   * @param principalsKept principals the robust fit kept
   * @param principals principals the robust fit looked at
   */
  SignalUrn(SignalKind kind, double[] p, double kappa, int principalsKept, int principals) {
    this.kind = kind;
    this.p = p;
    this.kappa = kappa;
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
   * Takes one event in.
   *
   * @param signal position of this signal in the state
   * @param offset position of this signal's first bin in the state
   * @param bin where the event fell
   * @param spend what each martingale is granted for this event
   */
  void observe(PrincipalState state, int signal, int offset, int bin, double spend) {
    double k = KAPPA_UNCERTAINTY * kappa;
    double count = state.count(offset + bin);
    double total = state.total(offset, bins());
    double centre = p[bin];
    double learned = (k * centre + count) / (k + total);
    double widerK = UNSEEN_SHARE_OF_KAPPA * k;
    double unseen = (widerK * centre + count) / (widerK + total);
    double odds = state.unseenOdds(signal);
    double usual = (learned + odds * unseen) / (1 + odds);
    state.unseenOdds(
        signal, Math.max(1 / LARGEST_ODDS, Math.min(LARGEST_ODDS, odds * unseen / learned)));

    int m = signal * ALTERNATIVES;
    double inverse = 1 / usual;
    grow(state, m, spend, (k / 4 * centre + count) / (k / 4 + total) * inverse);
    grow(state, m + 1, spend, (k / 16 * centre + count) / (k / 16 + total) * inverse);
    grow(state, m + 2, spend, (0.5 + count) / (0.5 * bins() + total) * inverse);
    grow(state, m + 3, spend, (0.1 + count) / (0.1 * bins() + total) * inverse);
    double slow = UNIT * state.slow(offset + bin);
    double slowTotal = UNIT * state.slowTotal(offset, bins());
    grow(
        state,
        m + 4,
        spend,
        (FORGETFUL_CENTRE * centre + slow) / (FORGETFUL_CENTRE + slowTotal) * inverse);
    double fast = UNIT * state.fast(offset + bin);
    double fastTotal = UNIT * state.fastTotal(offset, bins());
    grow(
        state,
        m + 5,
        spend,
        (FORGETFUL_FLAT + fast) / (FORGETFUL_FLAT * bins() + fastTotal) * inverse);
    state.add(offset, bins(), bin);
  }

  private static void grow(PrincipalState state, int martingale, double spend, double ratio) {
    double grown = (state.martingale(martingale) + spend) * ratio;
    state.martingale(martingale, Math.min(LARGEST_LEVEL, grown));
  }

  void writeTo(StateWriter out) {
    out.writeByte(kind.position()).writeDoubles(p).writeDouble(kappa);
    out.writeInt(principalsKept).writeInt(principals);
  }

  static SignalUrn readFrom(StateReader in) {
    return new SignalUrn(
        SignalKind.at(in.readByte()),
        in.readDoubles(),
        in.readDouble(),
        in.readInt(),
        in.readInt());
  }
}
