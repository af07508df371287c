package io.inferwarden.detectors.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrefixCohortLaws {
  private static final double BAR = Math.log(5520);

  private static PrefixCohort of(int accounts) {
    PrefixCohort cohort = new PrefixCohort();
    for (int i = 0; i < accounts; i++) {
      cohort.meet();
    }
    return cohort;
  }

  @Test
  void oneAccountAloneIsNoCohort() {
    PrefixCohort cohort = of(1);

    assertThat(cohort.report("a", 100, BAR)).isFalse();
    assertThat(cohort.bar()).isInfinite();
  }

  @Test
  void alarmsOnceAndNamesTheBestByTheirShareOfTheCohort() {
    PrefixCohort cohort = of(10);
    assertThat(cohort.report("a", 5, BAR)).isFalse();
    assertThat(cohort.report("b", 5, BAR)).isFalse();
    assertThat(cohort.report("c", 4, BAR)).isFalse();

    boolean alarms = cohort.report("d", 9, BAR);

    assertThat(alarms).isTrue();
    assertThat(cohort.logEvidence()).isCloseTo(23 - 10 * Math.log(2), within(.04));
    assertThat(cohort.bar()).isCloseTo(Math.log(10 / (.05 * 4)), within(1e-12));
    assertThat(cohort.report("d", 10, BAR)).isFalse();
  }

  @Test
  void anAccountThatWasNotReportedOnlyLosesPower() {
    PrefixCohort told = of(300);
    PrefixCohort bounded = of(300);
    Random random = new Random(4);
    double exact = 0;
    for (int i = 0; i < 300; i++) {
      double logEvidence = random.nextGaussian() * 2;
      exact += Math.log((1 + Math.exp(logEvidence)) / 2);
      bounded.report("a" + i, logEvidence, BAR);
      if (logEvidence > 0) {
        told.report("a" + i, logEvidence, BAR);
      }
    }

    assertThat(bounded.logEvidence()).isLessThan(exact).isGreaterThan(exact - 44 * Math.log(2));
    assertThat(told.logEvidence()).isLessThan(bounded.logEvidence());
  }

  @Test
  void anAccusedAccountKeepsItsEvidenceAfterItsRestart() {
    PrefixCohort cohort = of(3);
    cohort.report("a", 12, BAR);
    double before = cohort.logEvidence();

    cohort.accuse("a");
    cohort.report("a", Double.NEGATIVE_INFINITY, BAR);

    assertThat(cohort.logEvidence()).isEqualTo(before);
  }

  @Test
  void independentHonestAccountsAlarmNoMoreOftenThanPromised() {
    Random random = new Random(20261122);
    int alarms = 0;
    int runs = 4000;
    for (int run = 0; run < runs; run++) {
      PrefixCohort cohort = of(6);
      double[] logEvidence = new double[6];
      boolean alarmed = false;
      for (int step = 0; step < 60; step++) {
        int account = random.nextInt(6);
        logEvidence[account] += random.nextDouble() < .5 ? Math.log(1.6) : Math.log(.4);
        alarmed |= cohort.report("a" + account, logEvidence[account], Math.log(20));
      }
      alarms += alarmed ? 1 : 0;
    }

    assertThat(alarms / (double) runs).isLessThanOrEqualTo(.05).isPositive();
  }

  @Test
  void continuesIdenticallyAfterARestore() {
    PrefixCohort cohort = of(300);
    Random random = new Random(5);
    for (int i = 0; i < 280; i++) {
      cohort.report("a" + i, random.nextGaussian() + (i < 8 ? 6 : 0), BAR);
    }
    cohort.accuse("a3");
    StateWriter writer = new StateWriter();
    cohort.writeTo(writer);

    PrefixCohort restored = PrefixCohort.readFrom(new StateReader(writer.toBytes()));

    for (int i = 0; i < 300; i++) {
      double logEvidence = random.nextGaussian() * 3;
      assertThat(restored.report("a" + i, logEvidence, BAR))
          .isEqualTo(cohort.report("a" + i, logEvidence, BAR));
      assertThat(restored.logEvidence()).isEqualTo(cohort.logEvidence());
      assertThat(restored.bar()).isEqualTo(cohort.bar());
    }
  }

  @Test
  void rejectsWhatIsNoEvidenceAndWhatIsNoState() {
    assertThatThrownBy(() -> of(2).report("a", Double.NaN, BAR))
        .hasMessage("logEvidence must be a number, was NaN");
    assertThatThrownBy(() -> of(2).report("a", 1, 0)).hasMessage("alarmBar must be > 0, was 0.0");
    assertThatThrownBy(() -> PrefixCohort.readFrom(new StateReader(new byte[] {9})))
        .hasMessage("version must be 1, was 9");
  }
}
