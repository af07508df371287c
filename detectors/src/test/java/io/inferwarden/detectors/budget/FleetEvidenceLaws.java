package io.inferwarden.detectors.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetEvidenceLaws {
  private static final int MODELS = 40;
  private static final int CAUSES = 5;
  private static final double SCALE = .1;

  /** Evidence that is told from this many panes of a model's spend on. */
  private static final double TOLD_PANES = 10;

  @Test
  void addsWhatModelsHaveUpToTheirOwnAlarmAndScalesIt() {
    FleetEvidence evidence = new FleetEvidence();
    evidence.tell("a", .5);
    evidence.tell("b", .25);
    evidence.tell("c", 1e9);

    assertThat(evidence.level(SCALE)).isCloseTo(.175, within(1e-12));
  }

  @Test
  void oneModelAloneIsNoFleet() {
    FleetEvidence evidence = new FleetEvidence();
    evidence.tell("a", 1e30);

    assertThat(evidence.level(SCALE)).isLessThan(1);
  }

  @Test
  void namesTheLeaderFirstAndNobodyWithHardlyAnyEvidence() {
    FleetEvidence evidence = new FleetEvidence();
    evidence.tell("a", .06);
    evidence.tell("b", .5);
    evidence.tell("c", .04);

    assertThat(evidence.named()).isEqualTo(List.of("b", "a"));
  }

  @Test
  void whatHasCountedInAnAlarmCountsAgainOnlyAfterItWasRemoved() {
    FleetEvidence evidence = new FleetEvidence();
    evidence.tell("a", .5);
    evidence.tell("b", .5);

    evidence.restart();
    evidence.tell("a", .7);
    assertThat(evidence.level(SCALE)).isZero();
    assertThat(evidence.named()).isEmpty();

    evidence.remove("a");
    evidence.tell("a", .3);
    assertThat(evidence.level(SCALE)).isCloseTo(.03, within(1e-12));
  }

  @Test
  void refusesEvidenceThatIsNone() {
    assertThatThrownBy(() -> new FleetEvidence().tell("a", Double.NaN))
        .hasMessage("level must be >= 0, was NaN");
  }

  @Test
  void aRestoredStateGoesOnAsTheOneBefore() {
    FleetEvidence evidence = new FleetEvidence();
    evidence.tell("a", .5);
    evidence.restart();
    evidence.tell("b", .25);
    StateWriter out = new StateWriter();
    evidence.writeTo(out);

    FleetEvidence restored = FleetEvidence.readFrom(new StateReader(out.toBytes()));

    assertThat(restored.level(SCALE)).isEqualTo(evidence.level(SCALE)).isPositive();
    restored.tell("a", .6);
    assertThat(restored.level(SCALE)).isCloseTo(.025, within(1e-12));
  }

  /**
   * Nothing has changed, and all models see the same noise or none of it in common: in either case
   * the fleet alarms no more often than its share grants. The share is large here, so that there is
   * something to count.
   */
  @Test
  void keepsItsShareOfFalseAlarmsWhenModelsAreIndependentAndWhenTheyAreNot() {
    for (double common : new double[] {0, .5, .95}) {
      Simulation simulation = new Simulation(common, 71);
      int panes = 60_000;
      double granted = panes * SCALE * Simulation.SPEND * MODELS;

      int alarms = IntStream.range(0, panes).map(pane -> simulation.step()).sum();

      assertThat((double) alarms)
          .as("alarms at a correlation of %s, %s granted", common, granted)
          .isLessThanOrEqualTo(granted);
    }
  }

  @Test
  void seesAChangeThatManyModelsShareOnce() {
    Simulation simulation = new Simulation(0, 72);
    assertThat(IntStream.range(0, 500).map(pane -> simulation.step()).sum()).isZero();
    simulation.shift = 3;

    int alarms = IntStream.range(0, 6).map(pane -> simulation.step()).sum();

    assertThat(alarms).isEqualTo(1);
  }

  /** Models that watch normal means for a shift of 1, by the e-values of a likelihood ratio. */
  private static final class Simulation {
    static final double SPEND = 2e-4;

    private final double[][] evidence = new double[MODELS][CAUSES];
    private final FleetEvidence[] fleet = new FleetEvidence[CAUSES];
    private final double common;
    private final Random random;
    double shift;

    Simulation(double common, long seed) {
      this.common = common;
      this.random = new Random(seed);
      for (int cause = 0; cause < CAUSES; cause++) {
        fleet[cause] = new FleetEvidence();
      }
    }

    int step() {
      double[] shared = random.doubles(CAUSES).map(u -> random.nextGaussian()).toArray();
      for (int model = 0; model < MODELS; model++) {
        stepModel(model, shared);
      }
      int alarms = 0;
      for (FleetEvidence cause : fleet) {
        if (cause.level(SCALE) >= 1) {
          alarms++;
          cause.restart();
        }
      }
      for (int model = 0; model < MODELS; model++) {
        restartIfAlarmed(model);
      }
      return alarms;
    }

    private void stepModel(int model, double[] shared) {
      for (int cause = 0; cause < CAUSES; cause++) {
        double noise =
            Math.sqrt(common) * shared[cause] + Math.sqrt(1 - common) * random.nextGaussian();
        double value = noise + (cause == 0 ? shift : 0);
        double before = evidence[model][cause];
        double after = ShiryaevRoberts.step(before, SPEND, value - .5);
        evidence[model][cause] = after;
        double told = after / CAUSES;
        if (told >= TOLD_PANES * SPEND) {
          fleet[cause].tell("m" + model, told);
        } else {
          fleet[cause].remove("m" + model);
        }
      }
    }

    private void restartIfAlarmed(int model) {
      double level = 0;
      for (double own : evidence[model]) {
        level += own / CAUSES;
      }
      if (ShiryaevRoberts.isAlarm(level)) {
        Arrays.fill(evidence[model], ShiryaevRoberts.RESTART);
        for (FleetEvidence cause : fleet) {
          cause.remove("m" + model);
        }
      }
    }
  }
}
