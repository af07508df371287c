package io.inferwarden.detectors.principal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A small classifier with honest principals, and one that searches its decision boundary. */
final class SyntheticModel {
  private static final List<String> NAMES = List.of("age", "country", "income", "years");
  private static final String[] COUNTRIES = {"DE", "FR", "PL", "IT", "ES", "NL", "AT"};
  private static final long START = 1_772_409_623_993L;

  private SyntheticModel() {}

  /** Events of {@code principals} honest principals, sorted by time. */
  static List<LearningSample> honest(int principals, int eventsEach, long seed) {
    Random random = new Random(seed);
    List<LearningSample> samples = new ArrayList<>();
    for (int event = 0; event < eventsEach; event++) {
      for (int who = 0; who < principals; who++) {
        long time = START + 60_000L * (event * principals + who);
        samples.add(new LearningSample("k" + who, honestEvent("k" + who, time, random)));
      }
    }
    return samples;
  }

  static TraceEvent honestEvent(String who, long time, Random random) {
    double age = 40 + 12 * random.nextGaussian();
    double income = 1000 + 60 * age + 300 * random.nextGaussian();
    double years = Math.max(0, age - 20 + 3 * random.nextGaussian());
    int country = (int) Math.min(COUNTRIES.length - 1, -2 * Math.log(random.nextDouble()));
    return event(who, time, age, COUNTRIES[country], income, years);
  }

  /** An input that does not go together, chosen near the decision boundary. */
  static TraceEvent probingEvent(String who, long time, Random random) {
    double age = 20 + 60 * random.nextDouble();
    double income = 3400 + 40 * random.nextGaussian();
    return event(who, time, age, "NL", income, 60 * random.nextDouble());
  }

  static TraceEvent event(
      String who, long time, double age, String country, double income, double years) {
    double score = Math.round(1e4 / (1 + Math.exp(-(income - 3400) / 300))) / 1e4;
    List<Object> values = List.of(age, country, income, years);
    return new TraceEvent(
        who,
        time,
        NAMES,
        values,
        score > 0.5 ? "grant" : "refuse",
        List.of(score, 1 - score),
        TraceEvent.fingerprint(NAMES, values));
  }

  static TraceEvent reversed(TraceEvent event) {
    List<String> names = new ArrayList<>(event.names());
    List<Object> values = new ArrayList<>(event.values());
    Collections.reverse(names);
    Collections.reverse(values);
    return new TraceEvent(
        event.principal(),
        event.timeMillis(),
        names,
        values,
        event.label(),
        event.scores(),
        TraceEvent.fingerprint(names, values));
  }

  static TraceEvent at(TraceEvent event, long time) {
    return new TraceEvent(
        event.principal(),
        time,
        event.names(),
        event.values(),
        event.label(),
        event.scores(),
        event.inputFingerprint());
  }

  static TraceEvent withoutFeatures(TraceEvent event) {
    return new TraceEvent(
        event.principal(),
        event.timeMillis(),
        List.of(),
        List.of(),
        event.label(),
        event.scores(),
        0);
  }

  static PrincipalBaseline baseline() {
    return PrincipalBaselineLearner.learn(honest(120, 60, 5)).baseline().orElseThrow();
  }
}
