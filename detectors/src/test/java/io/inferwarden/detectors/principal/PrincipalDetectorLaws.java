package io.inferwarden.detectors.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalDetectorLaws {
  private static final double[] FIRST_CENTRE = {.5, .3, .15, .05};
  private static final double[] SECOND_CENTRE = {.02, .08, .4, .4, .08, .02};
  private static final double KAPPA = 40;
  private static final double KAPPA_USED = 0.7 * KAPPA;

  @Test
  void meanLevelOfHonestPrincipalsStaysWithinWhatWasGranted() {
    Random random = new Random(11);
    PrincipalBaseline baseline = UrnBaselines.of(FIRST_CENTRE, KAPPA, SECOND_CENTRE, KAPPA);
    PrincipalDetector detector = new PrincipalDetector(baseline);
    int principals = 3000;
    int events = 60;
    double principalSpend = 0.02;
    double eventSpend = 0.0001;
    double sum = 0;
    double squares = 0;
    for (int who = 0; who < principals; who++) {
      PrincipalState state = baseline.newState();
      Urn first = new Urn(FIRST_CENTRE, random);
      Urn second = new Urn(SECOND_CENTRE, random);
      double level = 0;
      for (int event = 0; event < events; event++) {
        int[] bins = UrnBaselines.bins(first.draw(random), second.draw(random));
        level = detector.observeBins(state, event, bins, principalSpend, eventSpend);
      }
      sum += level;
      squares += level * level;
    }

    double mean = sum / principals;
    double standardError = Math.sqrt((squares / principals - mean * mean) / principals);
    assertThat(mean).isPositive();
    assertThat(mean).isLessThanOrEqualTo(principalSpend + events * eventSpend + 4 * standardError);
  }

  @Test
  void alarmsOfHonestPrincipalsStayWithinWhatWasGranted() {
    Random random = new Random(12);
    PrincipalBaseline baseline = UrnBaselines.of(FIRST_CENTRE, KAPPA, SECOND_CENTRE, KAPPA);
    PrincipalDetector detector = new PrincipalDetector(baseline);
    int principals = 2000;
    double principalSpend = 0.05;
    int alarms = 0;
    for (int who = 0; who < principals; who++) {
      PrincipalState state = baseline.newState();
      Urn first = new Urn(FIRST_CENTRE, random);
      Urn second = new Urn(SECOND_CENTRE, random);
      for (int event = 0; event < 100; event++) {
        int[] bins = UrnBaselines.bins(first.draw(random), second.draw(random));
        if (detector.observeBins(state, event, bins, principalSpend, 0) >= 1) {
          alarms++;
          detector.restart(state);
        }
      }
    }

    double promised = principals * principalSpend;
    assertThat(alarms).isLessThanOrEqualTo((int) (promised + 4 * Math.sqrt(promised)));
  }

  @Test
  void aPrincipalThatProbesTheBoundaryAlarmsAndTheSignalsSayWhy() {
    PrincipalBaseline baseline = SyntheticModel.baseline();
    PrincipalDetector detector = new PrincipalDetector(baseline);
    PrincipalState state = baseline.newState();
    Random random = new Random(3);
    long lastHonest = 0;
    for (int i = 0; i < 50; i++) {
      lastHonest = 1_000_000L * (i + 1);
      detector.observe(state, SyntheticModel.honestEvent("k", lastHonest, random), 1e-4, 0);
    }

    int queries = 0;
    double level = 0;
    while (level < 1 && queries < 200) {
      queries++;
      level =
          detector.observe(
              state,
              SyntheticModel.probingEvent("k", lastHonest + 1000L * queries, random),
              1e-4,
              0);
    }

    assertThat(queries).isLessThan(60);
    assertThat(state.onsetMillis()).isBetween(lastHonest, lastHonest + 1000L * queries);
    List<SignalShare> shares = detector.explain(state);
    assertThat(shares.stream().mapToDouble(SignalShare::share).sum()).isCloseTo(1, within(1e-9));
    assertThat(shares.get(0).share()).isGreaterThanOrEqualTo(shares.get(1).share());
    assertThat(shares.get(0).excesses()).isNotEmpty();
    SignalShare.BinExcess worst = shares.get(0).excesses().get(0);
    assertThat(worst.observedShare()).isGreaterThan(worst.expectedProbability());
    detector.restart(state);
    assertThat(state.level()).isZero();
    assertThat(state.onsetMillis()).isEqualTo(state.lastMillis());
  }

  @Test
  void aRestoredStateGoesOnIdentically() {
    PrincipalBaseline baseline = SyntheticModel.baseline();
    PrincipalDetector detector = new PrincipalDetector(baseline);
    PrincipalDetector another = new PrincipalDetector(baseline);
    PrincipalState kept = baseline.newState();
    PrincipalState restored = baseline.newState();
    for (TraceEvent event : mixedEvents(200, 21)) {
      double level = detector.observe(kept, event, 1e-3, 1e-6);
      double again = another.observe(restored, event, 1e-3, 1e-6);

      assertThat(again).isEqualTo(level);
      byte[] bytes = bytes(restored);
      restored = PrincipalState.readFrom(new StateReader(bytes));
      assertThat(bytes(restored)).isEqualTo(bytes).isEqualTo(bytes(kept));
    }
  }

  @Test
  void anExactRepeatCountsAsNoEvidence() {
    PrincipalBaseline baseline = SyntheticModel.baseline();
    PrincipalDetector detector = new PrincipalDetector(baseline);
    PrincipalState once = baseline.newState();
    PrincipalState retried = baseline.newState();
    for (TraceEvent event : mixedEvents(60, 22)) {
      double level = detector.observe(once, event, 1e-3, 1e-6);
      assertThat(detector.observe(retried, event, 1e-3, 1e-6)).isEqualTo(level);

      assertThat(detector.observe(retried, event, 1e-3, 1e-6)).isEqualTo(level);
    }
    assertThat(retried.events()).isEqualTo(2 * once.events());
  }

  @Test
  void theOrderOfFeaturesDoesNotMatter() {
    PrincipalBaseline baseline = SyntheticModel.baseline();
    PrincipalDetector detector = new PrincipalDetector(baseline);
    PrincipalState usual = baseline.newState();
    PrincipalState reversed = baseline.newState();
    for (TraceEvent event : mixedEvents(80, 23)) {
      double level = detector.observe(usual, event, 1e-3, 0);

      assertThat(detector.observe(reversed, SyntheticModel.reversed(event), 1e-3, 0))
          .isEqualTo(level);
    }
    assertThat(bytes(reversed)).isEqualTo(bytes(usual));
  }

  @Test
  void aBaselineReadBackGivesIdenticalVerdicts() {
    PrincipalBaseline baseline = SyntheticModel.baseline();
    StateWriter out = new StateWriter();
    baseline.writeTo(out);
    PrincipalBaseline readBack = PrincipalBaseline.readFrom(new StateReader(out.toBytes()));
    StateWriter again = new StateWriter();
    readBack.writeTo(again);
    PrincipalDetector detector = new PrincipalDetector(baseline);
    PrincipalDetector another = new PrincipalDetector(readBack);
    PrincipalState state = baseline.newState();
    PrincipalState other = readBack.newState();

    for (TraceEvent event : mixedEvents(150, 24)) {
      assertThat(another.observe(other, event, 1e-3, 0))
          .isEqualTo(detector.observe(state, event, 1e-3, 0));
    }
    assertThat(again.toBytes()).isEqualTo(out.toBytes());
    assertThat(readBack.signals()).isEqualTo(baseline.signals());
    assertThat(readBack.expectedPrincipalsPerWeek())
        .isEqualTo(baseline.expectedPrincipalsPerWeek());
  }

  @Test
  void aStateIsSmallAndANewOneFarSmaller() {
    PrincipalBaseline baseline = SyntheticModel.baseline();
    PrincipalDetector detector = new PrincipalDetector(baseline);
    PrincipalState state = baseline.newState();
    List<TraceEvent> events = mixedEvents(3000, 25);

    detector.observe(state, events.get(0), 1e-3, 0);
    assertThat(bytes(state).length).isLessThan(260);
    events.forEach(event -> detector.observe(state, event, 1e-3, 0));
    assertThat(bytes(state).length).isLessThanOrEqualTo(1024);
  }

  @Test
  void refusesANegativeSpendAndAStateOfAnotherBaseline() {
    PrincipalBaseline baseline = SyntheticModel.baseline();
    PrincipalDetector detector = new PrincipalDetector(baseline);
    TraceEvent event = mixedEvents(1, 26).get(0);

    assertThatThrownBy(() -> detector.observe(baseline.newState(), event, Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("principalSpend must be >= 0, was NaN");
    assertThatThrownBy(() -> detector.observe(new PrincipalState(2, 9), event, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<TraceEvent> mixedEvents(int size, long seed) {
    Random random = new Random(seed);
    List<TraceEvent> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long time = 1_772_409_623_993L + 1000L * i;
      events.add(
          i % 3 == 0
              ? SyntheticModel.probingEvent("k", time, random)
              : SyntheticModel.honestEvent("k", time, random));
    }
    return events;
  }

  private static byte[] bytes(PrincipalState state) {
    StateWriter out = new StateWriter();
    state.writeTo(out);
    return out.toBytes();
  }

  /** Draws as the null of the evidence says an honest principal does. */
  private static final class Urn {
    private final double[] weights;

    Urn(double[] centre, Random random) {
      double k = random.nextDouble() < 0.02 ? KAPPA_USED / 4 : KAPPA_USED;
      weights = centre.clone();
      for (int i = 0; i < weights.length; i++) {
        weights[i] *= k;
      }
    }

    int draw(Random random) {
      double total = 0;
      for (double weight : weights) {
        total += weight;
      }
      double at = random.nextDouble() * total;
      int bin = 0;
      while (bin < weights.length - 1 && at >= weights[bin]) {
        at -= weights[bin++];
      }
      weights[bin]++;
      return bin;
    }
  }
}
