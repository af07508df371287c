package io.inferwarden.detectors.model;

import io.inferwarden.detectors.signal.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Do principals repeat themselves, so that the events of a pane are fewer than they seem?
 *
 * <p>A pane of {@code n} events that vary with concentration {@code kappa} around their centre is
 * worth {@code n (kappa + 1) / (kappa + n)} independent events. Where one event of each principal
 * is worth more than all events together, the rest of them only repeats, and counting it would give
 * panes of sessions the certainty of many people.
 */
final class RepeatedPrincipals {
  private static final short[] NO_BINS = {};

  /** Below this share of events that are not the first of their principal nothing is to gain. */
  private static final double LEAST_REPEATED = .05;

  /** The panes of a signal: of all events, and of one event of each principal. */
  private record Panes(LearningPanes whole, LearningPanes part) {
    double logGain() {
      return Math.log(worth(part) / worth(whole));
    }
  }

  private RepeatedPrincipals() {}

  /** One event of every principal and pane, in the order of the sample. */
  static List<Observation> without(List<? extends Observation> sample, long paneMillis) {
    Map<List<Long>, Observation> chosen = new HashMap<>();
    for (Observation each : sample) {
      long pane = Math.floorDiv(each.timeMillis(), paneMillis);
      chosen.merge(List.of(pane, each.principalHash()), each, (a, b) -> hash(b) < hash(a) ? b : a);
    }
    List<Observation> kept = new ArrayList<>();
    for (Observation each : sample) {
      long pane = Math.floorDiv(each.timeMillis(), paneMillis);
      boolean isUnknown = each.principalHash() == Representatives.UNKNOWN_PRINCIPAL;
      if (isUnknown || chosen.get(List.of(pane, each.principalHash())) == each) {
        kept.add(each);
      }
    }
    return kept;
  }

  private static long hash(Observation each) {
    return Representatives.eventHash(each.timeMillis(), each.inputFingerprint(), NO_BINS);
  }

  /** Whether one event of each principal says more than all events, over the signals together. */
  static boolean matter(
      List<? extends Observation> all,
      List<? extends Observation> once,
      long paneMillis,
      long firstPaneStart) {
    if (once.size() > (1 - LEAST_REPEATED) * all.size()) {
      return false;
    }
    List<Panes> signals = new ArrayList<>();
    for (SignalSource source : sources(all)) {
      SampledValues values = SampledValues.of(all, source);
      if (values.given() > 0) {
        SignalBins bins = values.bins();
        LearningPanes whole = values.panes(bins, paneMillis, firstPaneStart);
        LearningPanes part = SampledValues.of(once, source).panes(bins, paneMillis, firstPaneStart);
        signals.add(new Panes(whole, part));
      }
    }
    double gain = 0;
    for (double each : signals.parallelStream().mapToDouble(Panes::logGain).toArray()) {
      gain += each;
    }
    return gain > 0;
  }

  private static List<SignalSource> sources(List<? extends Observation> sample) {
    List<SignalSource> sources = new ArrayList<>();
    Observation first = sample.get(0);
    for (int i = 0; i < first.featureCount(); i++) {
      sources.add(SignalSource.feature(first.featureName(i)));
    }
    for (PlainSignal signal : PlainSignal.ALL) {
      if (signal.group() != SignalGroup.OPERATION) {
        sources.add(signal.source());
      }
    }
    return sources;
  }

  private static double worth(LearningPanes panes) {
    double[] prior = LearningPanes.flatPrior(panes.bins());
    HeldOutCentres held = HeldOutCentres.of(panes, prior, Season.NONE);
    double kappa = KappaFit.of(panes, held, new PaneLaw(0, null)).kappa();
    double worth = 0;
    for (int w = 0; w < panes.size(); w++) {
      double events = Vectors.sum(panes.counts(w));
      worth += events * (kappa + 1) / (kappa + events);
    }
    return worth;
  }
}
