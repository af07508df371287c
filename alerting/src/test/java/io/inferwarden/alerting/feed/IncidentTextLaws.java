package io.inferwarden.alerting.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Change;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.HistogramBin;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentKind;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class IncidentTextLaws {
  /** Names as an attacker might choose them: any characters, often without a space. */
  @Provide
  Arbitrary<String> names() {
    Arbitrary<String> any = Arbitraries.strings().all().ofMinLength(1).ofMaxLength(120);
    Arbitrary<String> wide =
        Arbitraries.strings().withChars("漢字カナ\ud83d\ude00 ab").ofMinLength(1).ofMaxLength(120);
    Arbitrary<String> control =
        Arbitraries.strings()
            .withChars("\u001b\n\r\u202e\u0000[2J x")
            .ofMinLength(1)
            .ofMaxLength(60);
    return Arbitraries.oneOf(any, wide, control).filter(name -> !name.isBlank());
  }

  @Provide
  Arbitrary<List<HistogramBin>> histograms() {
    Arbitrary<Double> weight = Arbitraries.doubles().between(0, 1);
    return Combinators.combine(names(), weight, weight)
        .as(HistogramBin::new)
        .list()
        .ofMaxSize(Change.MOST_BINS)
        .map(IncidentTextLaws::normalised);
  }

  @Property(tries = 300, seed = "20261122")
  void noLineIsWiderThanATerminalNorObeyedByIt(
      @ForAll("names") String name,
      @ForAll("histograms") List<HistogramBin> histogram,
      @ForAll IncidentKind kind) {
    Incident incident = incident(name, histogram, kind);

    for (String text : List.of(IncidentText.of(incident), IncidentText.brief(incident))) {
      assertThat(text.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}]");
      assertThat(text.split("\n")).allMatch(line -> Columns.of(line) <= TextLines.WIDTH);
    }
  }

  @Property(tries = 200, seed = "20261122")
  void everyIncidentIsReadBackFromItsJsonByteForByte(
      @ForAll("names") String name,
      @ForAll("histograms") List<HistogramBin> histogram,
      @ForAll IncidentKind kind) {
    Incident incident = incident(name, histogram, kind);

    byte[] json = IncidentJson.toJson(incident);
    Incident read = IncidentJson.fromJson(json);

    assertThat(read.evidence().get(0).change()).isEqualTo(incident.evidence().get(0).change());
    assertThat(IncidentJson.toJson(read)).isEqualTo(json);
  }

  @Property(tries = 200, seed = "20261122")
  void theSharesOfAHistogramSumToAtMostAll(@ForAll("histograms") List<HistogramBin> histogram) {
    Change change = Change.ofCategories(Change.totalVariation(histogram), histogram);

    assertThat(change.histogram().stream().mapToDouble(HistogramBin::expectedShare).sum())
        .isLessThanOrEqualTo(1 + 1e-6);
    assertThat(change.totalVariation()).isBetween(0.0, 1.0);
    assertThat(histogram.isEmpty() ? List.of() : HistogramText.of("age", histogram))
        .hasSizeLessThanOrEqualTo(HistogramText.MOST_LINES);
  }

  private static Incident incident(String name, List<HistogramBin> histogram, IncidentKind kind) {
    Change change = Change.ofNumbers(0.2, -1e300, 1e-300, 5, histogram);
    Finding finding =
        new Finding(
            "model:" + name,
            name,
            name,
            kind,
            kind.severity(),
            Examples.AT,
            Examples.AT - 1,
            41,
            3,
            Long.MAX_VALUE,
            List.of(Evidence.ofModel(name, 1, name, 0.1, 0.2, change)),
            List.of(name, "other"));
    return Examples.opened(finding);
  }

  private static List<HistogramBin> normalised(List<HistogramBin> bins) {
    double expected = 1e-9;
    double observed = 1e-9;
    for (HistogramBin bin : bins) {
      expected += bin.expectedShare();
      observed += bin.observedShare();
    }
    List<HistogramBin> normalised = new ArrayList<>();
    for (HistogramBin bin : bins) {
      normalised.add(
          new HistogramBin(
              bin.name(), bin.expectedShare() / expected, bin.observedShare() / observed, 0));
    }
    return normalised;
  }
}
