package io.inferwarden.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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

  @Test
  void saysOfANumberWhatMovedFromWhereToWhere() {
    assertThat(Examples.age().sentence())
        .isEqualTo(
            "age: 31 % of inputs in 44 to 52, where 12 % are usual; median 41 -> 47.1 (+6.1);"
                + " total variation 0.24; carries 63 % of the evidence");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "country      | country = DE          | country: 31 % of inputs are DE, where 12 % are usual",
        "output.label | output.label = refuse | output.label: 31 % of outputs are refuse, where",
        "age          | missing               | age: 31 % of inputs are missing, where",
        "age          | NEW value             | age: 31 % of inputs are NEW values, where",
        "age          | below 3 (never seen)  | age: 31 % of inputs are below 3 (never seen), where",
        "age          | age above 5 to 7      | age: 31 % of inputs are above 5 to 7, where",
        "balance      | balance -2.5 to -1    | balance: 31 % of inputs in -2.5 to -1, where",
        "age          | age =                 | age: 31 % of inputs are =, where",
      })
  void modelSentencesReadWellForEveryKindOfBin(String signal, String bin, String start) {
    Evidence evidence = Evidence.ofModel(signal, 0.5, bin, 0.12, 0.31);

    assertThat(evidence.sentence()).startsWith(start).endsWith("; carries 50 % of the evidence");
    assertThat(evidence.description()).isEqualTo(bin);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "6.1   | 41     | 47.1   | median 41 -> 47.1 (+6.1)",
        "-0.02 | 0.5    | 0.48   | median 0.5 -> 0.48 (-0.02)",
        "3     | 2021   | 2024   | median 2021 -> 2024 (+3)",
        "1e-12 | 0      | 1e-12  | median 0 -> 1.000e-12 (+1.000e-12)",
        "2e13  | 1e13   | 3e13   | median 1.000e+13 -> 3.000e+13 (+2.000e+13)",
        "0     | 5      | 5      | median 5 -> 5 (+0)",
        "NaN   | 1.25   | 2.5    | median 1.2 -> 2.5;",
        "4     | NaN    | NaN    | ; shifted by +4;",
      })
  void numbersHaveTheDigitsThatTheirShiftNeeds(
      double shift, double usual, double recent, String words) {
    Change change = Change.ofNumbers(0.001, shift, usual, recent, List.of());

    Evidence evidence = Evidence.ofModel("age", 1, "age 1 to 2", 0.1, 0.2, change);

    assertThat(evidence.sentence())
        .contains(words)
        .contains("; total variation below 0.01; carries");
  }

  @Test
  void categoriesHaveNoMedian() {
    Change change = Change.ofCategories(0.3, List.of());

    Evidence evidence = Evidence.ofModel("country", 1, "NEW value", 0.01, 0.31, change);

    assertThat(evidence.sentence())
        .isEqualTo(
            "country: 31 % of inputs are NEW values, where 1 % are usual; total variation 0.30;"
                + " carries 100 % of the evidence");
  }

  @Test
  void requestsAreComparedWithTheHour() {
    assertThat(Evidence.ofRequests(3, 1234.4).sentence())
        .isEqualTo(
            "requests: 3 in the last pane, where about 1,234 are usual at this hour; carries 100 %"
                + " of the evidence");
    assertThat(Evidence.ofRequests(0, 2.25).sentence()).contains("where about 2.3 are usual");
    assertThat(Evidence.ofRequests(9, 2).description()).isEqualTo("more requests than usual");
  }

  @Test
  void versionsDifferOrAreNotSeenToDiffer() {
    Evidence differs =
        Evidence.ofVersions("output.label", 0.8, "7", "8", true, 1234.5, Examples.ageChange());
    Evidence same = Evidence.ofVersions("outputs", 1, "", "8", false, 0.3, null);

    assertThat(differs.sentence())
        .isEqualTo(
            "output.label: differs between version 7 and version 8 (e-value 1,235; total variation"
                + " 0.24)");
    assertThat(same.sentence())
        .isEqualTo(
            "outputs: no difference seen so far between the unnamed version and version 8 (e-value"
                + " 0.30)");
    assertThatThrownBy(() -> Evidence.ofVersions("x", 1, "7", "8", true, Double.NaN, null))
        .hasMessage("eValue must be >= 0, was NaN");
  }

  @Test
  void sharesOfAFindingSumToAtMostAll() {
    Evidence most = Evidence.ofModel("age", 0.7, "missing", 0, 1);

    assertThatThrownBy(() -> Evidence.checked(List.of(most, most)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sum of the evidence's shares must be <= 1, was 1.4");
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
