package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  private final Features features = new Features();

  @Test
  void fingerprintIsZeroWithoutFeatures() {
    assertThat(features.fingerprint()).isZero();
  }

  @Test
  void fingerprintDoesNotDependOnTheOrder() {
    features.addNumber("a", 1);
    features.addWord("b", "x");
    features.addNull("c");
    long forwards = features.fingerprint();

    features.clear();
    features.addNull("c");
    features.addWord("b", "x");
    features.addNumber("a", 1);

    assertThat(features.fingerprint()).isEqualTo(forwards).isNotZero();
  }

  @Test
  void fingerprintTakesTheTwoZerosForOne() {
    features.addNumber("a", 0.0);
    long positive = features.fingerprint();
    features.clear();
    features.addNumber("a", -0.0);

    assertThat(features.fingerprint()).isEqualTo(positive);
  }

  @Test
  void fingerprintTellsNamesValuesAndKindsApart() {
    Set<Long> fingerprints = new HashSet<>();
    fingerprints.add(pair("a", 1, "b", 2));
    fingerprints.add(pair("a", 2, "b", 1));
    fingerprints.add(pair("b", 1, "c", 2));
    fingerprints.add(pair("a", 1, "a", 1));
    fingerprints.add(pair("b", 1, "b", 1));
    features.clear();
    features.addWord("a", "1");
    fingerprints.add(features.fingerprint());
    features.clear();
    features.addNumber("a", 1);
    fingerprints.add(features.fingerprint());
    features.clear();
    features.addNull("a");
    fingerprints.add(features.fingerprint());

    assertThat(fingerprints).hasSize(8);
  }

  @Test
  void fingerprintsOfCloseInputsDifferInAboutHalfTheirBits() {
    Random random = new Random(7);
    long differentBits = 0;
    for (int i = 0; i < 2000; i++) {
      int value = random.nextInt(100);
      differentBits += Long.bitCount(pair("x", value, "y", 3) ^ pair("x", value + 1, "y", 3));
    }

    assertThat(differentBits / 2000.0).isBetween(31.5, 32.5);
  }

  @Test
  void fingerprintFollowsWhatIsAddedLater() {
    features.addNumber("a", 1);
    long before = features.fingerprint();
    features.addNumber("b", 1);

    assertThat(features.fingerprint()).isNotEqualTo(before);
  }

  @Test
  void growsBeyondItsFirstCapacity() {
    for (int i = 0; i < 500; i++) {
      features.addNumber("f" + i, i);
    }

    assertThat(features.size()).isEqualTo(500);
    assertThat(features.name(499)).isEqualTo("f499");
    assertThat(features.number(17)).isEqualTo(17);
  }

  @Test
  void refusesNumbersThatAreNotFiniteAndIndicesBeyondTheEnd() {
    assertThatThrownBy(() -> features.addNumber("a", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("number must be finite, was NaN");
    assertThatThrownBy(() -> features.word(0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  private long pair(String first, double firstValue, String second, double secondValue) {
    features.clear();
    features.addNumber(first, firstValue);
    features.addNumber(second, secondValue);
    return features.fingerprint();
  }
}
