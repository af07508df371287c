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
  private static final double WANDER_GAIN_NATS = 3;
  private static final double LOCATION_GAIN_NATS = 2;
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
  private PaneLaw law;
  private double locationSpread;
  private KappaFit bestFit;
  private HeldOutCentres held;
  private final double[] wanderGains = new double[SettledWander.CANDIDATES];

  private SignalLearner(SignalBins bins, LearningPanes panes) {
    this.bins = bins;
    this.prior = LearningPanes.flatPrior(bins.size());
    this.panes = withoutOdd(panes, prior);
    this.held = HeldOutCentres.of(this.panes, prior, Season.NONE);
    this.law = new PaneLaw(0, null);
    this.bestFit = KappaFit.of(this.panes, held, law);
  }

  /**
   * @param panes at least one pane with events
   * @param tolerance population stability index within which a shift is of no interest, above 0
   */
  static SignalBaseline learn(
      String name, SignalGroup group, SignalBins bins, LearningPanes panes, double tolerance) {
    SignalLearner learner = new SignalLearner(bins, panes);
    learner.chooseSeason();
    learner.chooseLocationSpread();
    return learner.learn(name, group, tolerance);
  }

  /** What {@code reference/model_evidence.py} learns: honest panes do not differ in location. */
  static SignalBaseline learnPlain(
      String name, SignalGroup group, SignalBins bins, LearningPanes panes, double tolerance) {
    SignalLearner learner = new SignalLearner(bins, panes);
    learner.chooseSeason();
    return learner.learn(name, group, tolerance);
  }

  private SignalBaseline learn(String name, SignalGroup group, double tolerance) {
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
        doubtfulKappa(),
        locationSpread,
        wanderGains);
  }

  /**
   * Do honest panes differ in their location by more than their events explain? By the method of
   * moments, and used where it predicts held-out panes 2 nats better.
   */
  private void chooseLocationSpread() {
    if (!bins.isOrdered()) {
      return;
    }
    Tilts tilts = Tilts.of(panes.usual(prior));
    double excess = 0;
    for (int w = 0; w < panes.size(); w++) {
      int[] counts = panes.counts(w);
      double events = Vectors.sum(counts);
      double[] moments = tilts.locationMoments(held.centre(w));
      double off = tilts.location(counts) - moments[0];
      excess += events * (off * off - moments[1] * (1 / events + 1 / held.restsOn(w)));
    }
    if (!(excess > 0)) {
      return;
    }
    double spread = Math.sqrt(excess / panes.events());
    PaneLaw tried = new PaneLaw(spread, tilts);
    KappaFit fit = KappaFit.of(panes, held, tried);
    if (fit.best() - LOCATION_GAIN_NATS > bestFit.best()) {
      bestFit = fit;
      law = tried;
      locationSpread = spread;
    }
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
      KappaFit fit = KappaFit.of(panes, tried, law);
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
    for (int memory = 0; memory <= PaneMemory.SHORTEST; memory++) {
      KappaFit still = wanderFit(before, p, Double.NaN, memory);
      if (still.best() > top) {
        top = still.best();
        bestFit = still;
      }
    }
    PredictiveUrn wander = null;
    double honest = top;
    List<PredictiveUrn> candidates = SettledWander.candidatesOf(bins);
    for (int i = 0; i < wanderGains.length; i++) {
      PredictiveUrn candidate = candidates.get(i);
      KappaFit fit = wanderFit(before, p, candidate.strength(), candidate.memory());
      wanderGains[i] = fit.best() - honest;
      if (fit.best() > top + (wander == null ? WANDER_GAIN_NATS : 0)) {
        top = fit.best();
        bestFit = fit;
        wander = candidate;
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
      memory.remember(counts, held.centre(w), (kappa + 1) / (kappa + Vectors.sum(counts)), 1);
    }
    return before;
  }

  /**
   * The fit of an adaptive predictor.
   *
   * @param strength of the predictor; NaN for what each pane's centre rests on
   */
  private KappaFit wanderFit(List<PaneMemory> before, double[] p, double strength, int memory) {
    List<KappaFit.HeldOutPane> heldOut = new ArrayList<>();
    Tilts tilts = bins.isOrdered() ? Tilts.of(p) : null;
    for (int w = 0; w < panes.size(); w++) {
      double believed = Double.isNaN(strength) ? held.restsOn(w) : strength;
      PredictiveUrn urn = new PredictiveUrn(believed, memory, tilts != null);
      double[] centre = new double[bins.size()];
      if (tilts != null) {
        before.get(w).tiltedCentre(urn, held.centre(w), tilts, centre);
      } else {
        before.get(w).urnCentre(urn, held.centre(w), p, p, centre);
      }
      double remembered = believed + Vectors.sum(before.get(w).seen(memory));
      heldOut.add(new KappaFit.HeldOutPane(panes.counts(w), centre, held.restsOn(w), remembered));
    }
    return new KappaFit(heldOut, law);
  }
}
