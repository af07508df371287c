package io.inferwarden.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {
  @Test
  void saysWhatWasSeenAndExpectedInOneSentence() {
    Evidence evidence =
        Evidence.ofPrincipal("probing", 0.63, "in the most extreme 1 %", 0.01, 0.41);

    assertThat(evidence.sentence())
        .isEqualTo(
            "probing: 41 % of its queries had in the most extreme 1 %, where 1 % are usual;"
                + " carries 63 % of the evidence");
  }

  @Test
  void leavesOutWhatIsUnknown() {
    Evidence noExpectation = Evidence.ofPrincipal("age", 1, "above 63", Double.NaN, 0.5);
    Evidence noNumbers =
        Evidence.ofPrincipal("gap", 0.2, "it never pauses", Double.NaN, Double.NaN);

    assertThat(noExpectation.sentence())
        .isEqualTo("age: 50 % of its queries had above 63; carries 100 % of the evidence");
    assertThat(noNumbers.sentence())
        .isEqualTo("gap: it never pauses; carries 20 % of the evidence");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 %",
    "0.0004, less than 0.1 %",
    "0.001, 0.1 %",
    "0.025, 2.5 %",
    "0.01, 1 %",
    "0.0996, 10 %",
    "0.414, 41 %",
    "0.996, 99.6 %",
    "0.9995, more than 99.9 %",
    "1, 100 %"
  })
  void roundsNeverToNoneOrAll(double share, String expected) {
    assertThat(EvidenceWords.percent(share)).isEqualTo(expected);
  }

  @Test
  void refusesSharesOutsideTheirRange() {
    assertThatThrownBy(() -> Evidence.ofPrincipal("probing", Double.NaN, "x", 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("share must be in 0..1, was NaN");
    assertThatThrownBy(() -> Evidence.ofPrincipal("probing", 0.5, "x", 0, 1.5))
        .hasMessage("observed must be in 0..1, was 1.5");
  }

  @Test
  void forgivesWhatRoundingAddsToASumOfShares() {
    Evidence evidence = Evidence.ofPrincipal("probing", 1 + 1e-12, "x", -1e-12, 1);

    assertThat(evidence.share()).isEqualTo(1);
    assertThat(evidence.expected()).isZero();
  }
}
