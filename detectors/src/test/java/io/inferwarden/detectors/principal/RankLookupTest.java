package io.inferwarden.detectors.principal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankLookupTest {
  private static final int LABEL_SLOTS = 4;
  private static final int EVENTS = 3_000;

  private final Random random = new Random(5);
  private final int[] labels = labels();
  private final ConditionalRanks margin = learned(LABEL_SLOTS, true);
  private final ConditionalRanks typical = learned(LABEL_SLOTS, false);
  private final ConditionalRanks joint = learned(LABEL_SLOTS, true);
  private final ConditionalRanks near = learned(0, false);
  private final ConditionalRanks far = learned(LABEL_SLOTS, false);
  private final EventMeasures event =
      new EventMeasures(FeatureTable.learn(SyntheticModel.honest(1, 1, 1)));

  /** The last slot has too few events for ranks of its own. */
  private static int[] labels() {
    int[] labels = new int[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      labels[i] = i < 10 ? LABEL_SLOTS - 1 : i % LABEL_SLOTS - 1;
    }
    return labels;
  }

  private ConditionalRanks learned(int slots, boolean hasFewValues) {
    float[] values = new float[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      values[i] = value(hasFewValues);
    }
    return ConditionalRanks.learn(values, labels, slots);
  }

  private float value(boolean isOfFew) {
    if (random.nextInt(10) == 0) {
      return Float.NaN;
    }
    return isOfFew ? random.nextInt(9) - 4 : (float) random.nextGaussian();
  }

  @Test
  void ranksAreThoseThatTheTablesGiveOneByOne() {
    RankLookup lookup = RankLookup.of(margin, typical, joint, near, far);

    for (int i = 0; i < 20_000; i++) {
      measure();
      lookup.find(event);
      assertThat(event.ranks)
          .containsExactly(
              margin.rank(event.margin),
              typical.rank(event.typical),
              joint.rank(event.joint),
              near.rank(event.near),
              margin.rankGiven(event.label, event.margin),
              typical.rankGiven(event.label, event.typical),
              joint.rankGiven(event.label, event.joint),
              far.rankGiven(event.label, event.far));
    }
  }

  private void measure() {
    event.label = random.nextInt(LABEL_SLOTS + 3) - 1;
    event.margin = random.nextInt(50) == 0 ? -0f : value(true);
    event.typical = value(false);
    event.joint = random.nextBoolean() ? value(true) : value(false);
    event.near = 4 * value(false);
    event.far = 100 * value(false);
  }

  @Test
  void nothingLearnedRanksNothing() {
    float[] none = new float[EVENTS];
    Arrays.fill(none, Float.NaN);
    ConditionalRanks empty = ConditionalRanks.learn(none, labels, LABEL_SLOTS);
    measure();

    RankLookup.of(empty, empty, empty, empty, empty).find(event);

    assertThat(event.ranks).containsOnly(Double.NaN);
  }
}
