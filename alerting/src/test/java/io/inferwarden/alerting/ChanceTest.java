package io.inferwarden.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChanceTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();

  @Test
  void isTheLevelOverTheSpendInSteps() {
    long week = Chance.onceInMillis(1, 1.0 / 168, HOUR);
    long threeYears = Chance.onceInMillis(2.8, 1e-4, HOUR);

    assertThat(week).isEqualTo(Duration.ofDays(7).toMillis());
    assertThat(Chance.words(week)).isEqualTo("chance alone would do this once in 1 week");
    assertThat(Chance.words(threeYears)).isEqualTo("chance alone would do this once in 3.2 years");
  }

  @Test
  void saysSoWhenItIsUnknownOrLongerThanCanBeSaid() {
    long endless = Chance.onceInMillis(Double.POSITIVE_INFINITY, 1e-3, HOUR);

    assertThat(endless).isEqualTo(Long.MAX_VALUE);
    assertThat(Chance.words(endless))
        .isEqualTo("chance alone would do this once in more than a million years");
    assertThat(Chance.words(Chance.UNKNOWN))
        .isEqualTo("how often chance alone would do this is not known");
    assertThat(Chance.onceInMillis(0, 1, HOUR)).isEqualTo(1);
  }

  @Test
  void refusesASpendThatIsNone() {
    assertThatThrownBy(() -> Chance.onceInMillis(1, 0, HOUR))
        .hasMessage("spend must be > 0, was 0.0");
    assertThatThrownBy(() -> Chance.onceInMillis(1, Double.NaN, HOUR))
        .hasMessage("spend must be > 0, was NaN");
    assertThatThrownBy(() -> Chance.words(-1)).hasMessage("onceInMillis must be >= 0, was -1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PT0S | less than a minute",
        "PT1M | 1 minute",
        "PT90S | 1.5 minutes",
        "PT25M20S | 25 minutes",
        "PT59M | 1 hour",
        "PT3H | 3 hours",
        "PT23H30M | 1 day",
        "P6D | 6 days",
        "P10D | 1.4 weeks",
        "P365D | 1 year",
        "P1169D | 3.2 years",
        "P45231D | 120 years",
        "P36525000D | 100,000 years",
        "P365250001D | more than a million years"
      })
  void spansReadAsPeopleSayThem(Duration span, String words) {
    assertThat(SpanWords.of(span.toMillis())).isEqualTo(words);
  }
}
