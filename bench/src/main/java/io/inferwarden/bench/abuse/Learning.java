package io.inferwarden.bench.abuse;

import io.inferwarden.detectors.principal.LearningOutcome;
import io.inferwarden.detectors.principal.LearningReport;
import io.inferwarden.detectors.principal.LearningSample;
import io.inferwarden.detectors.principal.PrincipalBaseline;
import io.inferwarden.detectors.principal.PrincipalBaselineLearner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the platform learns from the beginning of a trace when only some principals are there: at
 * most 60 events of each. After a learning period that was too little, one of twice the length is
 * tried, and so on.
 *
 * @param baseline empty when the whole trace is too little
 * @param report of the last learning
 * @param hours that were learned
 * @param blindHours hours after which there was too little to learn from; 0 when there never was
 */
record Learning(
    Optional<PrincipalBaseline> baseline, LearningReport report, int hours, int blindHours) {
  private static final int EVENTS_OF_A_PRINCIPAL = 60;
  static final long HOUR_MILLIS = 3_600_000;

  static Learning of(RecordedTrace trace, int hours, Predicate<String> isThere) {
    int learned = hours;
    LearningOutcome outcome = learn(trace, learned, isThere);
    while (outcome.baseline().isEmpty()
        && trace.startMillis() + learned * HOUR_MILLIS < trace.endMillis()) {
      learned += hours;
      outcome = learn(trace, learned, isThere);
    }
    return new Learning(
        outcome.baseline(), outcome.report(), learned, learned == hours ? 0 : learned - hours);
  }

  private static LearningOutcome learn(RecordedTrace trace, int hours, Predicate<String> isThere) {
    long end = trace.startMillis() + hours * HOUR_MILLIS;
    Map<String, Integer> taken = new HashMap<>();
    List<LearningSample> samples = new ArrayList<>();
    for (RecordedEvent event : trace.events()) {
      if (event.timeMillis() >= end) {
        break;
      }
      if (isThere.test(event.principal())
          && taken.merge(event.principal(), 1, Integer::sum) <= EVENTS_OF_A_PRINCIPAL) {
        samples.add(new LearningSample(event.principal(), event.observation()));
      }
    }
    return PrincipalBaselineLearner.learn(samples);
  }
}
