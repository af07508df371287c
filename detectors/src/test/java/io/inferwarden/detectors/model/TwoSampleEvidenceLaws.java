package io.inferwarden.detectors.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TwoSampleEvidenceLaws {
  private static final double[] USUAL = {.4, .25, .15, .132, .068};

  private static int[] draw(Random random, double[] p, int events) {
    int[] counts = new int[p.length];
    for (int i = 0; i < events; i++) {
      double u = random.nextDouble();
      int k = 0;
      while (k < p.length - 1 && u >= p[k]) {
        u -= p[k++];
      }
      counts[k]++;
    }
    return counts;
  }

  /** The last bin's share times a factor, taken evenly from the first. */
  private static double[] shifted(double factor) {
    double[] p = USUAL.clone();
    double gain = p[4] * (factor - 1);
    p[4] += gain;
    p[0] -= gain;
    return p;
  }

  @Test
  void theMeanOverEqualSamplesIsAtMostOne() {
    Random random = new Random(2106);
    int runs = 4000;
    double sum = 0;
    double squares = 0;
    int everProof = 0;
    for (int run = 0; run < runs; run++) {
      TwoSampleEvidence evidence = new TwoSampleEvidence(USUAL.length);
      boolean proof = false;
      for (int pane = 0; pane < 10; pane++) {
        evidence.step(draw(random, USUAL, 90), draw(random, USUAL, 10 + pane), 1);
        proof |= evidence.eValue() >= 20;
      }
      sum += evidence.eValue();
      squares += evidence.eValue() * evidence.eValue();
      everProof += proof ? 1 : 0;
    }
    double mean = sum / runs;
    double error = Math.sqrt((squares / runs - mean * mean) / runs);

    assertThat(mean).isLessThanOrEqualTo(1 + 3 * error);
    assertThat((double) everProof / runs).as("Ville's bound of 1/20").isLessThan(.05);
  }

  @Test
  void aWorldThatMovesForBothIsNoDifference() {
    Random random = new Random(5);
    TwoSampleEvidence evidence = new TwoSampleEvidence(USUAL.length);
    for (int pane = 0; pane < 60; pane++) {
      double[] both = pane < 30 ? USUAL : shifted(3);
      evidence.step(draw(random, both, 400), draw(random, both, 100), 1);
    }

    assertThat(evidence.eValue()).isLessThan(20);
  }

  @Test
  void aCanaryWithARareClassTwiceAsOftenIsFoundWithinTwentyPanes() {
    int found = 0;
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      TwoSampleEvidence evidence = new TwoSampleEvidence(USUAL.length);
      boolean proof = false;
      for (int pane = 0; pane < 20; pane++) {
        evidence.step(draw(random, USUAL, 900), draw(random, shifted(2), 100), 1);
        proof |= evidence.eValue() >= 20;
      }
      found += proof ? 1 : 0;
    }

    assertThat(found).isGreaterThanOrEqualTo(18);
  }

  @Test
  void aPaneInWhichOneSideHasNoEventSaysNothing() {
    TwoSampleEvidence evidence = new TwoSampleEvidence(3);

    evidence.step(new int[] {5, 3, 2}, new int[3], 1);
    evidence.step(new int[3], new int[] {9, 0, 0}, 1);
    evidence.step(new int[] {5, 3, 2}, new int[] {0, 0, 9}, 1);

    assertThat(evidence.eValue())
        .as("the first pane that both have is bet on blindly")
        .isEqualTo(1);
  }

  @Test
  void aStateThatWasReadBackContinuesIdentically() {
    Random random = new Random(9);
    TwoSampleEvidence evidence = new TwoSampleEvidence(USUAL.length);
    evidence.step(draw(random, USUAL, 50), draw(random, shifted(2), 50), .7);
    StateWriter writer = new StateWriter();
    evidence.writeTo(writer);
    TwoSampleEvidence read =
        TwoSampleEvidence.readFrom(new StateReader(writer.toBytes()), USUAL.length);
    int[] control = draw(random, USUAL, 50);
    int[] candidate = draw(random, shifted(2), 50);

    evidence.step(control, candidate, .7);
    read.step(control, candidate, .7);

    assertThat(read.eValue()).isEqualTo(evidence.eValue()).isNotEqualTo(1);
  }
}
