package io.inferwarden.detectors.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BehaviourMarksTest {
  private static final long MINUTE = 60_000;

  private final PrincipalBaseline baseline = SyntheticModel.baseline();
  private final PrincipalDetector detector = new PrincipalDetector(baseline);
  private final PrincipalState state = baseline.newState();
  private final Random random = new Random(51);
  private long time = 1_772_409_600_000L;

  @Test
  void honestInputsHaveNoNarrowerKindAndNoPlace() {
    for (int i = 0; i < 200; i++) {
      time += (long) (-10 * MINUTE * Math.log(random.nextDouble()));
      observe(SyntheticModel.honestEvent("k", time, random));
    }

    assertThat(detector.kind(state)).isEqualTo(AbuseKind.EXTRACTION);
    assertThat(BehaviourMarks.local(state)).isLessThan(2);
    assertThat(BehaviourMarks.outside(state)).isLessThan(2);
  }

  @Test
  void honestInputsAsByAClockAreScriptedUse() {
    for (int i = 0; i < 200; i++) {
      observe(SyntheticModel.honestEvent("k", time, random));
    }

    assertThat(detector.kind(state)).isEqualTo(AbuseKind.SCRIPTED_USE);
  }

  @Test
  void smallStepsAcrossTheBoundaryAreEvasion() {
    for (int i = 0; i < 60; i++) {
      double income = 3400 + 30 * random.nextGaussian();
      observe(SyntheticModel.event("k", time, 40 + step(), "DE", income, 20 + step()));
    }

    assertThat(detector.kind(state)).isEqualTo(AbuseKind.EVASION);
    assertThat(BehaviourMarks.flips(state)).isGreaterThan(3);
    assertThat(BehaviourMarks.longestChain(state)).isGreaterThan(20);
    assertThat(detector.marks(state))
        .anyMatch(sentence -> sentence.contains("lay around one point"))
        .anyMatch(sentence -> sentence.contains("the label flipped"));
  }

  @Test
  void smallStepsThatRaiseTheScoreOfOneLabelAreInversion() {
    for (int i = 0; i < 60; i++) {
      observe(SyntheticModel.event("k", time, 40 + step(), "DE", 3450 + 8 * i, 20 + step()));
    }

    assertThat(detector.kind(state)).isEqualTo(AbuseKind.INVERSION);
    assertThat(BehaviourMarks.climbs(state)).isGreaterThan(3 * BehaviourMarks.falls(state));
    assertThat(BehaviourMarks.flips(state)).isZero();
  }

  @Test
  void smallGroupsAroundManyRecordsAreMembershipProbing() {
    for (int record = 0; record < 30; record++) {
      TraceEvent event = SyntheticModel.honestEvent("k", time, random);
      double age = (double) event.values().get(0);
      double income = (double) event.values().get(2);
      double years = (double) event.values().get(3);
      for (int i = 0; i < 8; i++) {
        observe(
            SyntheticModel.event(
                "k", time, age + step(), "DE", income + 5 * step(), years + step()));
      }
    }

    assertThat(detector.kind(state)).isEqualTo(AbuseKind.MEMBERSHIP_PROBING);
    assertThat(BehaviourMarks.longestChain(state)).isLessThan(64);
    assertThat(detector.marks(state)).anyMatch(sentence -> sentence.contains("lay in groups"));
  }

  @Test
  void impossibleValuesAreFuzzing() {
    for (int i = 0; i < 20; i++) {
      observe(
          SyntheticModel.event(
              "k", time, 1e9 * random.nextGaussian(), "??", -5e6 * random.nextDouble(), 1e7));
    }

    assertThat(detector.kind(state)).isEqualTo(AbuseKind.FUZZING);
    assertThat(BehaviourMarks.outside(state)).isGreaterThan(10);
    assertThat(detector.marks(state))
        .anyMatch(sentence -> sentence.contains("values that almost no principal sends"));
  }

  @Test
  void localVariationTellsAClockFromChance() {
    PrincipalState chance = baseline.newState();
    long late = time;
    for (int i = 0; i < 400; i++) {
      TraceEvent event = SyntheticModel.honestEvent("k", time, random);
      observe(event);
      late += (long) (-MINUTE * Math.log(random.nextDouble()));
      detector.observe(chance, SyntheticModel.at(event, late), 1e-6, 0);
    }

    assertThat(BehaviourMarks.localVariation(state)).isCloseTo(0, within(0.01));
    assertThat(BehaviourMarks.localVariation(chance)).isCloseTo(1, within(0.4));
    assertThat(BehaviourMarks.localVariation(baseline.newState())).isNaN();
    assertThat(detector.marks(state)).anyMatch(sentence -> sentence.contains("as by a clock"));
    assertThat(detector.marks(chance)).noneMatch(sentence -> sentence.contains("as by a clock"));
  }

  @Test
  void hoursAndExactRepeatsAreToldInWords() {
    TraceEvent again = SyntheticModel.honestEvent("k", time, random);
    for (int i = 0; i < 24 * 60; i++) {
      observe(again);
    }

    assertThat(BehaviourMarks.hours(state)).isEqualTo(24);
    assertThat(BehaviourMarks.repeats(state)).isCloseTo(32, within(0.5));
    assertThat(detector.marks(state))
        .contains("32 of its last 32 events repeated an earlier input exactly")
        .contains("it was active in 24 of the 24 hours of the day");
  }

  private double step() {
    return 0.3 * random.nextGaussian();
  }

  private void observe(TraceEvent event) {
    if (detector.observe(state, SyntheticModel.at(event, time), 1e-6, 0) >= 1) {
      detector.restart(state);
    }
    time += MINUTE;
  }
}
