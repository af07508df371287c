package io.inferwarden.detectors.principal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Learns from a bounded sample of a learning period what is usual for the principals of a model.
 *
 * <p>The sample may hold attackers: the fit of each signal is robust, and says whom it rejected.
 * Nobody is judged after a learning with fewer than 100 principals of 5 events: too few to tell how
 * honest ones vary. A signal is formed when at least 30 have 5 events with it; events without
 * features still give label and margin. Deterministic: the same sample gives the same baseline.
 */
public final class PrincipalBaselineLearner {
  private static final int FEWEST_PRINCIPALS = 100;
  private static final int FEWEST_PRINCIPALS_OF_SIGNAL = 30;
  private static final int FEWEST_EVENTS = 5;

  private PrincipalBaselineLearner() {}

  /**
   * Learns a baseline from the events of a learning period.
   *
   * @param samples sorted by time, at most 60 events a principal (the caller sees to it; a fit over
   *     more is valid but lets heavy users weigh on ranks and edges)
   * @return the baseline, absent when no signal could be formed, and the report
   * @throws IllegalArgumentException when the samples are not sorted by time
   */
  public static LearningOutcome learn(List<LearningSample> samples) {
    return learn(samples, 1);
  }

  /**
   * Learns a baseline from the events of some of the principals.
   *
   * @param samples as above
   * @param principalShare share of all principals that the samples are of, in (0, 1]: how many are
   *     to be expected, over whom the budget is split, grows by its inverse
   */
  public static LearningOutcome learn(List<LearningSample> samples, double principalShare) {
    requireSorted(samples);
    if (!(principalShare > 0 && principalShare <= 1)) {
      throw new IllegalArgumentException("principalShare must be in (0, 1], was " + principalShare);
    }
    Set<String> principals = new HashSet<>();
    samples.forEach(sample -> principals.add(sample.principal()));
    Optional<String> tooLittle = tooLittle(samples);
    if (tooLittle.isPresent()) {
      return new LearningOutcome(
          Optional.empty(),
          new LearningReport(
              samples.size(), principals.size(), List.of(), List.of(tooLittle.get()), List.of()));
    }
    InputModel inputModel = InputModel.learn(samples);
    SampleMeasures measures = SampleMeasures.of(samples, inputModel);
    SignalCuts cuts = SignalCuts.learn(measures, inputModel.labels().slots());

    List<SignalUrn> urns = new ArrayList<>();
    List<String> omissions = new ArrayList<>();
    Map<String, List<String>> rejected = new TreeMap<>();
    int[][] binsBySignal = bins(measures, cuts, inputModel);
    for (SignalKind kind : SignalKind.values()) {
      Map<String, int[]> counts =
          counts(
              samples,
              binsBySignal[kind.position()],
              SignalCuts.bins(kind, inputModel.labels().slots()));
      if (counts.size() < FEWEST_PRINCIPALS_OF_SIGNAL) {
        omissions.add(omission(kind, counts.size()));
      } else {
        urns.add(fit(kind, counts, rejected));
      }
    }
    LearningReport report =
        new LearningReport(
            samples.size(),
            principals.size(),
            urns.stream().map(SignalUrn::card).toList(),
            omissions,
            mostRejectedFirst(rejected));
    return new LearningOutcome(
        urns.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new PrincipalBaseline(
                    inputModel,
                    cuts,
                    urns,
                    fitGaps(samples),
                    MarkBounds.learn(
                        measures,
                        isHonest(samples, rejected.keySet()),
                        inputModel.features().size()),
                    principalsPerWeek(samples) / principalShare)),
        report);
  }

  /** Why nobody can be judged after this learning, where that is so. */
  private static Optional<String> tooLittle(List<LearningSample> samples) {
    if (samples.isEmpty()) {
      return Optional.of("no events were sampled");
    }
    Map<String, Integer> events = new HashMap<>();
    samples.forEach(sample -> events.merge(sample.principal(), 1, Integer::sum));
    long enough = events.values().stream().filter(own -> own >= FEWEST_EVENTS).count();
    return enough >= FEWEST_PRINCIPALS
        ? Optional.empty()
        : Optional.of(
            "nobody is judged: %d principals have %d events, %d are needed"
                .formatted(enough, FEWEST_EVENTS, FEWEST_PRINCIPALS));
  }

  private static void requireSorted(List<LearningSample> samples) {
    for (int i = 1; i < samples.size(); i++) {
      long before = samples.get(i - 1).observation().timeMillis();
      long now = samples.get(i).observation().timeMillis();
      if (now < before) {
        throw new IllegalArgumentException(
            "samples must be sorted by time, was " + now + " after " + before + " at " + i);
      }
    }
  }

  private static int[][] bins(SampleMeasures measures, SignalCuts cuts, InputModel inputModel) {
    int[][] bySignal = new int[SignalKind.values().length][measures.size()];
    int[] bins = new int[bySignal.length];
    EventMeasures event = inputModel.newMeasures();
    for (int i = 0; i < measures.size(); i++) {
      measures.copyTo(i, event);
      cuts.cut(event, bins);
      for (int signal = 0; signal < bins.length; signal++) {
        bySignal[signal][i] = bins[signal];
      }
    }
    return bySignal;
  }

  /** Bin counts of the principals with enough events. */
  private static Map<String, int[]> counts(List<LearningSample> samples, int[] bins, int size) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    for (int i = 0; i < bins.length; i++) {
      if (bins[i] >= 0) {
        counts.computeIfAbsent(samples.get(i).principal(), who -> new int[size])[bins[i]]++;
      }
    }
    counts.values().removeIf(own -> Arrays.stream(own).sum() < FEWEST_EVENTS);
    return counts;
  }

  private static String omission(SignalKind kind, int principals) {
    return kind.plainName()
        + ": "
        + principals
        + " principals have "
        + FEWEST_EVENTS
        + " events with it, "
        + FEWEST_PRINCIPALS_OF_SIGNAL
        + " are needed";
  }

  private static SignalUrn fit(
      SignalKind kind, Map<String, int[]> counts, Map<String, List<String>> rejected) {
    RobustFit fit = RobustFit.of(counts.values().toArray(int[][]::new));
    int index = 0;
    for (String principal : counts.keySet()) {
      if (!fit.kept()[index++]) {
        rejected.computeIfAbsent(principal, who -> new ArrayList<>()).add(kind.plainName());
      }
    }
    CautiousFit cautious = CautiousFit.of(kind, fit);
    return new SignalUrn(
        kind, cautious.p(), fit.kappa(), cautious.kappa(), fit.keptCount(), counts.size());
  }

  /** The time between queries; a principal with few of them says too little. */
  private static Optional<GapProfile> fitGaps(List<LearningSample> samples) {
    Map<String, Long> last = new HashMap<>();
    Map<String, int[]> counts = new LinkedHashMap<>();
    for (LearningSample sample : samples) {
      long time = sample.observation().timeMillis();
      Long before = last.put(sample.principal(), time);
      if (before != null) {
        counts
            .computeIfAbsent(sample.principal(), who -> new int[GapCounts.BINS])[
            GapCounts.binOf(time - before)]++;
      }
    }
    counts.values().removeIf(own -> Arrays.stream(own).sum() < FEWEST_EVENTS);
    if (counts.size() < FEWEST_PRINCIPALS_OF_SIGNAL) {
      return Optional.empty();
    }
    RobustFit fit = RobustFit.of(counts.values().toArray(int[][]::new));
    return Optional.of(new GapProfile(fit.p(), fit.kappa()));
  }

  private static boolean[] isHonest(List<LearningSample> samples, Set<String> rejected) {
    boolean[] isHonest = new boolean[samples.size()];
    for (int i = 0; i < isHonest.length; i++) {
      isHonest[i] = !rejected.contains(samples.get(i).principal());
    }
    return isHonest;
  }

  private static List<RejectedPrincipal> mostRejectedFirst(Map<String, List<String>> rejected) {
    List<RejectedPrincipal> list = new ArrayList<>();
    rejected.forEach((who, signals) -> list.add(new RejectedPrincipal(who, signals)));
    list.sort((a, b) -> Integer.compare(b.signals().size(), a.signals().size()));
    return list;
  }

  private static double principalsPerWeek(List<LearningSample> samples) {
    long start = samples.get(0).observation().timeMillis();
    double learningMillis =
        samples.get(samples.size() - 1).observation().timeMillis() - (double) start;
    Set<String> seen = new HashSet<>();
    int newInLaterHalf = 0;
    for (LearningSample sample : samples) {
      boolean isLate = sample.observation().timeMillis() - start >= learningMillis / 2;
      if (seen.add(sample.principal()) && isLate) {
        newInLaterHalf++;
      }
    }
    return Math.max(1, PrincipalGrowth.perWeek(seen.size(), newInLaterHalf, learningMillis));
  }
}
