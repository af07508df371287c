package io.inferwarden.alerting.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.HistogramBin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramTextTest {
  @Test
  void showsBeforeAndAfterInOneBarEach() {
    List<String> lines = HistogramText.of("age", Examples.ageChange().histogram());

    assertThat(lines)
        .containsExactly(
            "    age                      usual     now  = both  + more now  - less now",
            "    below 17 (never seen)    0.0 %   5.0 %  ++",
            "    17 to 44                  86 %    62 %  ======================--------",
            "    44 to 52                  12 %    31 %  ====+++++++",
            "    missing                  2.0 %   2.0 %  =");
  }

  @Test
  void keepsTheOrderAndSumsUpTheBinsThatMovedLeast() {
    List<HistogramBin> bins = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double moved = i % 5 == 0 ? 0.01 : 0;
      bins.add(new HistogramBin("amount " + i + " to " + (i + 1), 0.01, 0.01 + moved));
    }

    List<String> lines = HistogramText.of("amount", bins);

    assertThat(lines).hasSize(HistogramText.MOST_LINES);
    assertThat(lines.get(1)).startsWith("    0 to 1 ");
    assertThat(lines.get(11)).startsWith("    (30 other bins)           30 %    30 %  ====");
    assertThat(lines.stream().filter(line -> line.contains("2.0 %"))).hasSize(8);
  }

  @Test
  void aTinyShareIsNotCalledNone() {
    List<String> lines = HistogramText.of("a", List.of(new HistogramBin("b", 1e-6, 1 - 1e-6)));

    assertThat(lines.get(1)).contains("<0.1 %   100 %");
  }

  @Test
  void binsWithoutAnyEventHaveNoBar() {
    List<String> lines = HistogramText.of("a", List.of(new HistogramBin("b", 0, 0)));

    assertThat(lines.get(1)).endsWith("0.0 %   0.0 %");
  }

  @Test
  void hostileNamesStayInTheirColumn() {
    HistogramBin bin = new HistogramBin("x\u001b[2J\n" + "漢".repeat(40), 0.5, 0.5);

    List<String> lines = HistogramText.of("\u202e" + "n".repeat(100), List.of(bin));

    assertThat(lines.get(0)).startsWith("    \\u{202e}nnnnnnnnnnnnn…   usual");
    assertThat(lines.get(1)).startsWith("    x\\u{1b}[2J\\u{a}漢漢漢…    50 %");
  }
}
