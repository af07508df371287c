package io.inferwarden.detectors.principal;

/**
 * What the evidence takes a {@link RobustFit} to be worth: a step on top of the fit, so that the
 * promise of false accusations holds for honest principals whom the learning did not hold.
 *
 * <ul>
 *   <li>Centre: {@code (N p_x + 1/B) / (N + 1)} with N principals kept and B bins. N principals
 *       cannot tell how one in N behaves, and the fit has dropped those with events in rare bins;
 *       without this, two events in a bin that none of those kept ever used accuse an honest one.
 *   <li>Concentration: the lower end of four standard errors of kappa, {@link
 *       RobustFit#leastKappa()}. A kappa that few principals leave open must not be taken at its
 *       most likely; with 250 of them this is about 0.7 of the fitted one. Four and not two,
 *       because the standard error is that of principals of one kind, and honest ones are of
 *       several.
 *   <li>Half of that for the distance to own recent inputs: an account compares with its own past,
 *       so its distances follow one another more than draws from an urn do.
 * </ul>
 *
 * Inputs and output: see {@link RobustFit}. Deterministic. What each step bought is in
 * docs/detectors/abuse.md.
 */
final class CautiousFit {
  private static final double SHARE_FOR_OWN_PAST = 0.5;

  private final double[] p;
  private final double kappa;

  private CautiousFit(double[] p, double kappa) {
    this.p = p;
    this.kappa = kappa;
  }

  static CautiousFit of(SignalKind kind, RobustFit fit) {
    double[] fitted = fit.p();
    double principals = fit.keptCount();
    double[] p = new double[fitted.length];
    for (int k = 0; k < p.length; k++) {
      p[k] = (principals * fitted[k] + 1.0 / p.length) / (principals + 1);
    }
    double share = kind == SignalKind.DISTANCE ? SHARE_FOR_OWN_PAST : 1;
    return new CautiousFit(p, share * fit.leastKappa());
  }

  /** Bin probabilities, each &gt; 0, summing to 1. */
  double[] p() {
    return p;
  }

  /** Concentration that the evidence uses, &gt; 0. */
  double kappa() {
    return kappa;
  }
}
