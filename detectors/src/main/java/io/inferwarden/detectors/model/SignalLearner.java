package io.inferwarden.detectors.model;

import io.inferwarden.detectors.evidence.PolyaUrn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns the baseline of one signal from its learning panes.
 *
 * <ol>
 *   <li>Panes that an urn of strength 10 explains {@code 20 W} times better than one of strength
 *       100 are left out when they are at most a tenth: an outage in the learning is not the norm.
 *   <li>A season (hours of the day; of the week from two weeks on) is used when it predicts
 *       held-out days 3 nats better than the whole; where there is one day only, held-out blocks of
 *       three hours.
 *   <li>Honest wandering from pane to pane is one more null when it gains 3 nats over what a finite
 *       baseline explains.
 *   <li>kappa is one over the posterior mean of 1/kappa on the held-out days.
 *   <li>Good-Turing moves mass to NEW last, because no learning pane can hold a new value.
 * </ol>
 */
final class SignalLearner {
  private static final double[] DAY_BANDWIDTHS_HOURS = {1.5, 3, 5};
  private static final double[] WEEK_BANDWIDTHS_HOURS = {1.5, 3};

  /** Days of learning from which hours of the week can be told apart. */
  private static final int LEAST_DAYS_OF_WEEKS = 14;

  private static final double SEASON_GAIN_NATS = 3;
  private static final double[] WANDER_STRENGTHS = {20, 60, 200, 600};
  private static final double WANDER_GAIN_NATS = 3;
  private static final int LEARNED_MEMORIES = 3;
  private static final double ODD_STRENGTH = 10;
  private static final double USUAL_STRENGTH = 100;
  private static final double ODD_FACTOR = 20;
  private static final double MOST_ODD_SHARE = .1;

  /** Share of the posterior of kappa below the kappa that is doubted. */
  private static final double DOUBT = .1;

  /** Panes count as overdispersed when the posterior of kappa lies below this almost surely. */
  private static final double OVERDISPERSED_KAPPA = 1000;

  private static final double ALMOST_SURELY = .975;

  private final SignalBins bins;
  private final LearningPanes panes;
  private final double[] prior;
  private KappaFit bestFit;
  private HeldOutCentres held;

  private SignalLearner(SignalBins bins, LearningPanes panes) {
    this.bins = bins;
    this.prior = LearningPanes.flatPrior(bins.size());
    this.panes = withoutOdd(panes, prior);
    this.held = HeldOutCentres.of(this.panes, prior, Season.NONE);
    this.bestFit = KappaFit.of(this.panes, held);
  }

  /**
   * @param panes at least one pane with events
   * @param tolerance population stability index within which a shift is of no interest, above 0
   */
  static SignalBaseline learn(
      String name, SignalGroup group, SignalBins bins, LearningPanes panes, double tolerance) {
    return new SignalLearner(bins, panes).learn(name, group, tolerance);
  }

  private SignalBaseline learn(String name, SignalGroup group, double tolerance) {
    chooseSeason();
    List<PredictiveUrn> nulls = new ArrayList<>();
    double limit = (bins.size() - 1) / tolerance;
    addNulls(nulls, limit, 0);
    if (!held.season().isNone()) {
      addNulls(nulls, held.smallestRest(), 1);
      addNulls(nulls, held.smallestRest(), 2);
    }
    addWander(nulls);
    double[] wholePrior = prior.clone();
    Vectors.addTo(wholePrior, bins.unseen());
    return new SignalBaseline(
        name,
        group,
        bins,
        panes.byCell(held.season()),
        wholePrior,
        held.season(),
        bestFit.kappa(),
        (double) panes.events() / panes.size(),
        nulls,
        doubtfulKappa());
  }

  /**
   * A kappa at the lower end of what the learning panes allow, where they are overdispersed at all:
   * a point estimate would be too sure of itself when traffic grows. NaN where they are not.
   */
  private double doubtfulKappa() {
    return bestFit.quantile(ALMOST_SURELY) < OVERDISPERSED_KAPPA
        ? bestFit.quantile(DOUBT)
        : Double.NaN;
  }

  private static LearningPanes withoutOdd(LearningPanes panes, double[] prior) {
    double[] p = panes.usual(prior);
    boolean[] odd = new boolean[panes.size()];
    int odds = 0;
    for (int w = 0; w < panes.size(); w++) {
      int[] counts = panes.counts(w);
      double gain =
          PolyaUrn.logProbability(ODD_STRENGTH, p, counts)
              - PolyaUrn.logProbability(USUAL_STRENGTH, p, counts);
      odd[w] = gain > Math.log(ODD_FACTOR * panes.size());
      odds += odd[w] ? 1 : 0;
    }
    return odds > 0 && odds <= MOST_ODD_SHARE * panes.size() ? panes.without(odd) : panes;
  }

  private void chooseSeason() {
    double best = bestFit.best();
    for (Season season : seasons()) {
      HeldOutCentres tried = HeldOutCentres.of(panes, prior, season);
      KappaFit fit = KappaFit.of(panes, tried);
      if (fit.best() - SEASON_GAIN_NATS > best) {
        best = fit.best() - SEASON_GAIN_NATS;
        bestFit = fit;
        held = tried;
      }
    }
  }

  /** The seasons that there is enough history for. */
  private List<Season> seasons() {
    List<Season> seasons = new ArrayList<>();
    if (Arrays.stream(panes.folds()).distinct().count() > 1) {
      for (double bandwidth : DAY_BANDWIDTHS_HOURS) {
        seasons.add(new Season(Season.DAY_CELLS, bandwidth));
      }
    }
    if (panes.distinctDays() >= LEAST_DAYS_OF_WEEKS) {
      for (double bandwidth : WEEK_BANDWIDTHS_HOURS) {
        seasons.add(new Season(Season.WEEK_CELLS, bandwidth));
      }
    }
    return seasons;
  }

  private void addNulls(List<PredictiveUrn> nulls, double strength, int memory) {
    nulls.add(new PredictiveUrn(strength, memory, false));
    if (bins.isOrdered()) {
      nulls.add(new PredictiveUrn(strength, memory, true));
    }
  }

  /** Do panes resemble those before them more than a finite baseline explains? */
  private void addWander(List<PredictiveUrn> nulls) {
    List<PaneMemory> before = memories(bestFit.kappa());
    double[] p = panes.usual(prior);
    double top = Double.NEGATIVE_INFINITY;
    for (int memory = 0; memory < LEARNED_MEMORIES; memory++) {
      KappaFit honest = wanderFit(before, p, Double.NaN, memory);
      if (honest.best() > top) {
        top = honest.best();
        bestFit = honest;
      }
    }
    PredictiveUrn wander = null;
    for (double strength : WANDER_STRENGTHS) {
      for (int memory = 0; memory < LEARNED_MEMORIES; memory++) {
        KappaFit fit = wanderFit(before, p, strength, memory);
        if (fit.best() > top + (wander == null ? WANDER_GAIN_NATS : 0)) {
          top = fit.best();
          bestFit = fit;
          wander = new PredictiveUrn(strength, memory, bins.isOrdered());
        }
      }
    }
    if (wander != null) {
      nulls.add(wander);
    }
  }

  private List<PaneMemory> memories(double kappa) {
    List<PaneMemory> before = new ArrayList<>();
    PaneMemory memory = new PaneMemory(bins.size());
    for (int w = 0; w < panes.size(); w++) {
      before.add(memory.copy());
      int[] counts = panes.counts(w);
      memory.remember(counts, held.centre(w), (kappa + 1) / (kappa + Vectors.sum(counts)));
    }
    return before;
  }

  /**
   * The fit of an adaptive predictor.
   *
   * @param strength of the predictor; NaN for what each pane's centre rests on
   */
  private KappaFit wanderFit(List<PaneMemory> before, double[] p, double strength, int memory) {
    KappaFit fit = new KappaFit();
    double[] centre = new double[bins.size()];
    Tilts tilts = bins.isOrdered() ? Tilts.of(p) : null;
    for (int w = 0; w < panes.size(); w++) {
      double believed = Double.isNaN(strength) ? held.restsOn(w) : strength;
      PredictiveUrn urn = new PredictiveUrn(believed, memory, tilts != null);
      if (tilts != null) {
        before.get(w).tiltedCentre(urn, held.centre(w), tilts, centre);
      } else {
        before.get(w).urnCentre(urn, held.centre(w), p, p, centre);
      }
      double remembered = believed + Vectors.sum(before.get(w).seen(memory));
      fit.add(panes.counts(w), centre, held.restsOn(w), remembered);
    }
    return fit;
  }
}
