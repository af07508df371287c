package io.inferwarden.bench.abuse;

import io.inferwarden.bench.abuse.CalibrationResult.Budget;
import io.inferwarden.bench.abuse.CalibrationResult.Kind;
import io.inferwarden.bench.abuse.CalibrationResult.Plain;
import io.inferwarden.bench.abuse.CalibrationResult.Splice;
import io.inferwarden.bench.abuse.CalibrationResult.Splits;
import io.inferwarden.detectors.principal.PrincipalBaseline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The experiments on one trace. */
final class Calibration {
  static final int SLOW_QUERIES = 150;

  private static final int DAY = 24;
  private static final int HALF_DAY = 12;
  private static final double[] TIMES_BUDGET = {.01, .1, 1, 10};
  private static final int[] HONEST_EVENTS = {300, 1000};
  private static final double[] COVER = {.4, .6};

  /** They probe honestly: policies declare them. */
  private static final Set<String> PROBERS = Set.of("whatif-analyst", "explainer-job");

  private final RecordedTrace trace;
  private final Settings settings;

  /**
   * @param splits random halvings and deletions, at least 1
   * @param seed of all draws
   */
  record Settings(int splits, long seed) {
    Settings {
      if (splits < 1) {
        throw new IllegalArgumentException("splits must be >= 1, was " + splits);
      }
    }
  }

  Calibration(RecordedTrace trace, Settings settings) {
    this.trace = trace;
    this.settings = settings;
  }

  /** Everybody judged after so many hours of learning. */
  record Judged(PrincipalBaseline baseline, Replay replay, Plain plain) {}

  CalibrationResult run() {
    Judged day = judge(DAY);
    return new CalibrationResult(
        trace.name(),
        day.plain(),
        judge(HALF_DAY).plain(),
        kinds(day.replay().accused(1)),
        halvings(),
        deletions(),
        splices(day.baseline()),
        new Rivals(trace).compare(day.replay(), day.plain().accusedCount()));
  }

  /**
   * @throws IllegalStateException when the whole trace is too little to learn from
   */
  Judged judge(int hours) {
    Learning learning = Learning.of(trace, hours, who -> true);
    PrincipalBaseline baseline =
        learning
            .baseline()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        trace.name() + ": " + String.join("; ", learning.report().omissions())));
    Replay replay = new Replay(baseline).takeAll(trace.events());
    return new Judged(baseline, replay, plain(learning, replay));
  }

  private Plain plain(Learning learning, Replay replay) {
    Set<String> accused = replay.accused(1);
    Map<String, Integer> roles = new TreeMap<>();
    for (String who : accused) {
      if (trace.isHonest(who)) {
        roles.merge(trace.roleOf(who), 1, Integer::sum);
      }
    }
    double[] queries =
        trace.singleAttackers().stream().mapToDouble(who -> queries(replay, who)).toArray();
    return new Plain(
        learning.hours(),
        learning.blindHours(),
        learning.report().principals(),
        trace.attackers().size(),
        (int) trace.attackers().stream().filter(accused::contains).count(),
        roles,
        replay.promised(1),
        median(queries),
        (int) Arrays.stream(queries).filter(count -> count > SLOW_QUERIES).count());
  }

  private double queries(Replay replay, String who) {
    return replay.course(who).queriesToDetect(trace.eventsBeforeAttack(who));
  }

  private List<Kind> kinds(Set<String> accusedWith) {
    Set<String> inLearning = new HashSet<>();
    long end = trace.startMillis() + DAY * Learning.HOUR_MILLIS;
    trace.events().stream()
        .takeWhile(event -> event.timeMillis() < end)
        .forEach(event -> inLearning.add(event.principal()));
    List<Kind> kinds = new ArrayList<>();
    HonestKinds.of(trace)
        .forEach(
            (name, members) -> {
              int learned = (int) members.stream().filter(inLearning::contains).count();
              int with = (int) members.stream().filter(accusedWith::contains).count();
              if (learned > 0) {
                kinds.add(without(name, members, learned, with));
              }
            });
    return kinds;
  }

  private Kind without(String name, Set<String> members, int learned, int accusedWith) {
    Learning learning = Learning.of(trace, DAY, who -> !members.contains(who));
    int accused =
        learning
            .baseline()
            .map(baseline -> replay(baseline, members::contains).accused(1).size())
            .orElse(0);
    return new Kind(
        name, members.size(), learned, accusedWith, accused, learning.baseline().isEmpty());
  }

  /** Learned on one half of the honest and all attackers, tested on the other half. */
  private Splits halvings() {
    return splits(
        "halvings",
        half -> Learning.of(trace, DAY, who -> half.contains(who) || !trace.isHonest(who)),
        half -> who -> trace.isHonest(who) && !half.contains(who));
  }

  /** The other half of the honest is deleted, and all attackers. */
  private Splits deletions() {
    return splits(
        "deletions", half -> Learning.of(trace, DAY, half::contains), half -> half::contains);
  }

  private interface Learner {
    Learning learn(Set<String> half);
  }

  private interface Tested {
    Predicate<String> of(Set<String> half);
  }

  private Splits splits(String name, Learner learner, Tested tested) {
    double[] promised = new double[TIMES_BUDGET.length];
    int[] accused = new int[TIMES_BUDGET.length];
    int blind = 0;
    int probers = 0;
    DoubleSummaryStatistics evidence = new DoubleSummaryStatistics();
    for (int run = 0; run < settings.splits(); run++) {
      Set<String> half = half(name, run);
      Learning learning = learner.learn(half);
      blind += learning.blindHours() > 0 ? 1 : 0;
      if (learning.baseline().isPresent()) {
        Predicate<String> isTested = tested.of(half);
        PrincipalBaseline baseline = learning.baseline().get();
        Replay replay = replay(baseline, who -> isTested.test(who) && !isProber(who));
        for (int i = 0; i < accused.length; i++) {
          promised[i] += replay.promised(TIMES_BUDGET[i]);
          accused[i] += replay.accused(TIMES_BUDGET[i]).size();
        }
        evidence.accept(replay.meanEvidence());
        probers += replay(baseline, who -> isTested.test(who) && isProber(who)).accused(1).size();
      }
    }
    List<Budget> budgets = new ArrayList<>();
    for (int i = 0; i < accused.length; i++) {
      budgets.add(new Budget(TIMES_BUDGET[i], promised[i], accused[i]));
    }
    return new Splits(
        settings.splits(), blind, budgets, probers, evidence.getAverage(), evidence.getMax());
  }

  private boolean isProber(String who) {
    return PROBERS.contains(trace.roleOf(who));
  }

  private Set<String> half(String name, int run) {
    List<String> honest = new ArrayList<>(trace.honest());
    Collections.shuffle(
        honest, new Random(settings.seed() * 31 + 1_000_003L * run + name.hashCode()));
    return new HashSet<>(honest.subList(0, honest.size() / 2));
  }

  private Replay replay(PrincipalBaseline baseline, Predicate<String> isTested) {
    Replay replay = new Replay(baseline);
    for (RecordedEvent event : trace.events()) {
      if (isTested.test(event.principal())) {
        replay.take(event);
      }
    }
    return replay;
  }

  List<Splice> splices(PrincipalBaseline baseline) {
    Splices splices = new Splices(trace);
    List<Splice> all = new ArrayList<>();
    for (int honestEvents : HONEST_EVENTS) {
      all.add(turned(baseline, splices, honestEvents));
    }
    for (double cover : COVER) {
      all.add(mimics(baseline, splices, cover));
    }
    return all;
  }

  private Splice turned(PrincipalBaseline baseline, Splices splices, int honestEvents) {
    List<String> donors =
        splices.donors(honestEvents).stream()
            .filter(who -> !isProber(who))
            .filter(
                who ->
                    new Replay(baseline)
                        .takeAll(trace.eventsOf(who).subList(0, honestEvents))
                        .accused(1)
                        .isEmpty())
            .toList();
    List<Double> queries = new ArrayList<>();
    for (String attacker : trace.singleAttackers()) {
      String donor = donors.get(queries.size() % donors.size());
      List<RecordedEvent> account = splices.turned(attacker, donor, honestEvents);
      Course course = new Replay(baseline).takeAll(account).course(attacker);
      queries.add(course.queriesToDetect(honestEvents));
    }
    return splice("turned after %d honest events".formatted(honestEvents), queries);
  }

  private Splice mimics(PrincipalBaseline baseline, Splices splices, double cover) {
    List<Double> queries = new ArrayList<>();
    for (String attacker : trace.singleAttackers()) {
      List<RecordedEvent> account =
          splices.mimic(attacker, cover, settings.seed() + queries.size());
      Course course = new Replay(baseline).takeAll(account).course(attacker);
      queries.add(course.queriesToDetect(0));
    }
    return splice("%.0f %% natural queries".formatted(100 * cover), queries);
  }

  private static Splice splice(String name, List<Double> queries) {
    double[] all = queries.stream().mapToDouble(Double::doubleValue).toArray();
    int found = (int) Arrays.stream(all).filter(Double::isFinite).count();
    return new Splice(name, all.length, found, median(all));
  }

  /** The middle value, or the mean of the two; infinite values are the largest. */
  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
