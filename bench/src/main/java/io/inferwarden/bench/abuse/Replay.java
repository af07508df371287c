package io.inferwarden.bench.abuse;

import io.inferwarden.detectors.principal.PrincipalBaseline;
import io.inferwarden.detectors.principal.PrincipalDetector;
import io.inferwarden.detectors.principal.PrincipalState;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the detector says about accounts, each granted its share of the default budget as in the
 * platform. The evidence is not restarted at an alarm, so that it can be read at other budgets: it
 * is proportional to the budget.
 */
final class Replay {
  /** Share of one false incident a week that principals may cost, the default policy. */
  static final double WEEKLY_SHARE = 0.25;

  private final PrincipalDetector detector;
  private final PrincipalBaseline baseline;
  private final double spend;
  private final Map<String, PrincipalState> states = new HashMap<>();
  private final Map<String, Course> courses = new TreeMap<>();

  Replay(PrincipalBaseline baseline) {
    this.baseline = baseline;
    this.detector = new PrincipalDetector(baseline);
    this.spend = WEEKLY_SHARE / baseline.expectedPrincipalsPerWeek();
  }

  void take(RecordedEvent event) {
    PrincipalState state = states.computeIfAbsent(event.principal(), who -> baseline.newState());
    courses
        .computeIfAbsent(event.principal(), who -> new Course())
        .take(detector.observe(state, event.observation(), spend, 0));
  }

  Replay takeAll(Iterable<RecordedEvent> events) {
    events.forEach(this::take);
    return this;
  }

  /** How it went for an account; nothing happened to one that was never seen. */
  Course course(String who) {
    return courses.getOrDefault(who, new Course());
  }

  Set<String> accused(double timesBudget) {
    Set<String> accused = new TreeSet<>();
    courses.forEach(
        (who, course) -> {
          if (course.isAccused(timesBudget)) {
            accused.add(who);
          }
        });
    return accused;
  }

  /**
   * Mean evidence at the end, in units of what was granted, of the accounts that were not accused:
   * at most 1 on average while honest accounts follow the null, and at least c with probability
   * 1/c.
   */
  double meanEvidence() {
    return courses.values().stream()
        .filter(course -> !course.isAccused(1))
        .mapToDouble(course -> course.last() / spend)
        .average()
        .orElse(0);
  }

  /** False accusations promised to all accounts seen, at this many times the budget. */
  double promised(double timesBudget) {
    return timesBudget * spend * courses.size();
  }
}
