package io.inferwarden.detectors.principal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PrincipalStateTest {
  private static final int LARGEST_BYTES = 1024;
  private static final int OBJECT_HEADER_BYTES = 16;
  private static final int MOST_LABEL_SLOTS = 16;
  private static final int SIGNALS = SignalKind.values().length;
  private static final int BINS =
      Arrays.stream(SignalKind.values())
          .mapToInt(kind -> SignalCuts.bins(kind, MOST_LABEL_SLOTS))
          .sum();
  private static final double[] FIRST_CENTRE = {.5, .3, .15, .05};
  private static final double[] SECOND_CENTRE = {.02, .08, .4, .4, .08, .02};

  @Test
  void aStateWithEveryByteInUseIsWrittenInAKilobyte() {
    PrincipalState state = new PrincipalState(SIGNALS, BINS);
    byte[] bytes =
        Arrays.copyOf(state.bytes(), StateBytes.length(SIGNALS, BINS, StateBytes.RING_SLOTS));
    Arrays.fill(bytes, StateBytes.EVENTS, bytes.length, (byte) 0x3f);
    state.bytes(bytes);

    byte[] written = written(state);

    assertThat(BINS).isEqualTo(92);
    assertThat(written).hasSize(1016).hasSizeLessThanOrEqualTo(LARGEST_BYTES);
    assertThat(PrincipalState.readFrom(new StateReader(written)).bytes()).isEqualTo(bytes);
  }

  @Test
  void theLargestStateFillsAKilobyteOfHeap() {
    int array = OBJECT_HEADER_BYTES + StateBytes.length(SIGNALS, BINS, StateBytes.RING_SLOTS);
    int object = OBJECT_HEADER_BYTES; // 12 of header and a reference of 4

    assertThat(roundedUpToEight(array) + object).isLessThanOrEqualTo(LARGEST_BYTES);
  }

  @Test
  void theHeapOfANewStateIsAQuarterLessAsTheVirtualMachineCountsIt() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    PrincipalState[] states = new PrincipalState[1000];
    long thread = Thread.currentThread().getId();

    long before = threads.getThreadAllocatedBytes(thread);
    for (int i = 0; i < states.length; i++) {
      states[i] = new PrincipalState(SIGNALS, BINS);
    }
    long allocated = threads.getThreadAllocatedBytes(thread) - before;

    assertThat(states[999].bytes()).hasSize(752);
    assertThat(allocated / states.length).isLessThanOrEqualTo(LARGEST_BYTES - 240);
  }

  @Test
  void theRingGrowsWithItsInputsAndIsReadAsItWasWrittenAtEachOfThem() {
    PrincipalState state = new PrincipalState(SIGNALS, BINS);
    byte[] codes = new byte[Projection.DIMENSIONS];

    for (int input = 1; input <= 100; input++) {
      Arrays.fill(codes, (byte) input);
      state.bytes(InputRing.add(state.bytes(), codes, input));

      int slots = Math.min(StateBytes.RING_SLOTS, 8 * (input / 8 + 1));
      assertThat(state.bytes()).hasSize(StateBytes.length(SIGNALS, BINS, slots));
      assertThat(state.fits(SIGNALS, BINS)).isTrue();
      assertThat(PrincipalState.readFrom(new StateReader(written(state))).bytes())
          .isEqualTo(state.bytes());
      for (int kept = 1; kept <= input; kept++) {
        Arrays.fill(codes, (byte) kept);
        assertThat(InputRing.contains(state.bytes(), codes, kept))
            .isEqualTo(input - kept < StateBytes.RING_SLOTS);
      }
    }
  }

  @Test
  void martingalesAndRecentCountsAreRoundedWithoutBias() {
    byte[] bytes = new byte[2];
    Random random = new Random(41);
    double sum = 0;
    int draws = 100_000;
    for (int i = 0; i < draws; i++) {
      StateBytes.float16(bytes, 0, 1.00137, random.nextLong());
      sum += StateBytes.float16(bytes, 0);
    }

    // steps of 1/256: the standard error of the mean is below 1/256 / 2 / sqrt(draws)
    assertThat(sum / draws).isCloseTo(1.00137, within(4.0 / 512 / Math.sqrt(draws)));
  }

  @Test
  void recentCountsForgetASixtyFourthAnEvent() {
    PrincipalBaseline baseline = UrnBaselines.of(FIRST_CENTRE, 40, SECOND_CENTRE, 40);
    PrincipalDetector detector = new PrincipalDetector(baseline);
    PrincipalState state = baseline.newState();
    double[] expected = new double[FIRST_CENTRE.length];
    for (int event = 0; event < 300; event++) {
      int bin = event % 7 == 0 ? 3 : event / 40 % 3;
      detector.observeBins(state, event, UrnBaselines.bins(bin, event % 6), 1e-4, 0);
      for (int i = 0; i < expected.length; i++) {
        expected[i] *= 63 / 64.0;
      }
      expected[bin]++;
    }

    double[] recent = state.recentCounts(baseline)[0];

    // each rounding is off by less than 1/64 of an event and fades in turn
    assertThat(recent).containsExactly(expected, within(0.25));
    assertThat(state.recentCounts(baseline)).hasNumberOfRows(2);
  }

  @Test
  void logEvidenceIsTheLevelInTermsOfTheSpend() {
    PrincipalBaseline baseline = UrnBaselines.of(FIRST_CENTRE, 40, SECOND_CENTRE, 40);
    PrincipalDetector detector = new PrincipalDetector(baseline);
    PrincipalState state = baseline.newState();

    assertThat(state.logEvidence(1e-12)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(state.isLevelGranted()).isTrue();
    for (int event = 0; event < 40; event++) {
      detector.observeBins(state, event, UrnBaselines.bins(3, 5), 1e-12, 0);
    }

    assertThat(state.logEvidence(1e-12)).isCloseTo(Math.log(state.level() / 1e-12), within(1e-9));
    assertThat(state.logEvidence(1e-12)).isGreaterThan(10);
    assertThat(state.isLevelGranted()).isFalse();
    assertThatThrownBy(() -> state.logEvidence(Double.NaN))
        .hasMessage("principalSpend must be > 0, was NaN");
  }

  @Test
  void aLevelThatUsualBinsLeaveIsNoMoreThanWasGranted() {
    PrincipalBaseline baseline = UrnBaselines.of(FIRST_CENTRE, 40, SECOND_CENTRE, 40);
    PrincipalDetector detector = new PrincipalDetector(baseline);
    PrincipalState state = baseline.newState();

    detector.observeBins(state, 5000, UrnBaselines.bins(0, 2), 1e-4, 1e-9);

    assertThat(state.level()).isPositive();
    assertThat(state.isLevelGranted()).isTrue();
    assertThat(state.onsetMillis()).isEqualTo(state.lastMillis()).isEqualTo(5000);
  }

  @Test
  void aFullCountHalvesThoseOfItsSignal() {
    PrincipalBaseline baseline = UrnBaselines.of(FIRST_CENTRE, 40, SECOND_CENTRE, 40);
    PrincipalDetector detector = new PrincipalDetector(baseline);
    PrincipalState state = baseline.newState();
    for (int event = 0; event < 1000; event++) {
      detector.observeBins(state, event, UrnBaselines.bins(1, 2), 1e-4, 0);
    }
    for (int event = 0; event < 65_536; event++) {
      detector.observeBins(state, event, UrnBaselines.bins(0, 2), 1e-4, 0);
    }

    assertThat(state.count(0)).isEqualTo(65_535 / 2 + 1);
    assertThat(state.count(1)).isEqualTo(500);
    assertThat(state.recentCounts(baseline)[0][0]).isCloseTo(64, within(1.0));
  }

  @Test
  void gapsAreCutOnAScaleOfFours() {
    assertThat(GapCounts.binOf(-5)).isZero();
    assertThat(GapCounts.binOf(15)).isZero();
    assertThat(GapCounts.binOf(16)).isEqualTo(1);
    assertThat(GapCounts.binOf(63)).isEqualTo(1);
    assertThat(GapCounts.binOf(64)).isEqualTo(2);
    assertThat(GapCounts.binOf(1L << 24)).isEqualTo(11);
    assertThat(GapCounts.binOf((1L << 24) - 1)).isEqualTo(10);
    assertThat(GapCounts.binOf(Long.MAX_VALUE)).isEqualTo(11);
  }

  @Test
  void gapsAreLearnedAndCountedButAreNoEvidence() {
    PrincipalBaseline baseline = SyntheticModel.baseline();
    PrincipalDetector detector = new PrincipalDetector(baseline);
    PrincipalState steady = baseline.newState();
    PrincipalState hasty = baseline.newState();
    Random random = new Random(42);
    for (int i = 0; i < 50; i++) {
      TraceEvent event = SyntheticModel.honestEvent("k", 1000L * i, random);
      double level = detector.observe(steady, event, 1e-4, 0);
      assertThat(detector.observe(hasty, SyntheticModel.at(event, 20L * i), 1e-4, 0))
          .isEqualTo(level);
    }

    double[][] recent = steady.recentCounts(baseline);
    int gap = recent.length - 1;
    assertThat(recent).hasNumberOfRows(baseline.signals().size() + 1);
    assertThat(baseline.kappas()).hasSize(recent.length);
    assertThat(Arrays.stream(baseline.centres()[gap]).sum()).isCloseTo(1, within(1e-9));
    assertThat(recent[gap][3]).isGreaterThan(30);
    assertThat(hasty.recentCounts(baseline)[gap][1]).isGreaterThan(30);
  }

  @Test
  void refusesBytesOfAnotherVersionOrShape() {
    byte[] bytes = written(new PrincipalState(2, 9));

    byte[] older = bytes.clone();
    older[0] = 1;
    assertThatThrownBy(() -> PrincipalState.readFrom(new StateReader(older)))
        .hasMessage("version must be 2, was 1");
    byte[] larger = bytes.clone();
    larger[1] = 100;
    assertThatThrownBy(() -> PrincipalState.readFrom(new StateReader(larger)))
        .hasMessageContaining("was 100");
  }

  private static int roundedUpToEight(int bytes) {
    return (bytes + 7) / 8 * 8;
  }

  private static byte[] written(PrincipalState state) {
    StateWriter out = new StateWriter();
    state.writeTo(out);
    return out.toBytes();
  }
}
