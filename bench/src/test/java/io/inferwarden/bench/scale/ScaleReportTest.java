package io.inferwarden.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

final class ScaleReportTest {
  private static final Point ONE = new Point("models", "1", List.of());
  private static final Point MANY = new Point("models", "1000", List.of());
  private static final Point THREADS = new Point("threads", "1", List.of());

  @Test
  void holdsTheMedianOfEachAgainstThatOfTheFirstOfItsSeries() {
    Map<Point, List<Cost>> costs = new LinkedHashMap<>();
    costs.put(
        ONE, List.of(new Cost(50_000, 8_000), new Cost(90_000, 4_000), new Cost(40_000, 9_000)));
    costs.put(MANY, List.of(new Cost(40_000, 9_000), new Cost(45_000, 11_000)));
    costs.put(THREADS, List.of(new Cost(10_000, 20_000)));

    List<ScaleReport.Line> lines = ScaleReport.of(costs).lines();

    assertThat(lines).extracting(ScaleReport.Line::point).containsExactly(ONE, MANY, THREADS);
    assertThat(lines.get(1).growth()).isEqualTo(10_000.0 / 8_000, within(1e-9));
    assertThat(lines.get(1).speedUp()).isEqualTo(42_500.0 / 50_000, within(1e-9));
    assertThat(lines.get(2).growth()).isEqualTo(1);
  }

  @Test
  void readsTheOutcomeOfOneContestant() {
    Matcher outcome =
        Cost.OUTCOME.matcher(
            "{\"limitEventsPerSecond\":NaN,\"fullEventsPerSecond\":61234,"
                + "\"dslEventsPerSecond\":NaN,\"ratioToLimit\":NaN,\"ratioToDsl\":NaN,"
                + "\"fullNanosPerEvent\":7512}");

    assertThat(outcome.find()).isTrue();
    assertThat(Cost.of(outcome)).isEqualTo(new Cost(61_234, 7_512));
  }

  @Test
  void measuresEverySeriesAtMoreThanOnePoint() {
    for (String series : Point.SERIES) {
      assertThat(Point.all().stream().filter(point -> point.series().equals(series)).count())
          .isGreaterThan(1);
    }
  }
}
