package io.inferwarden.app.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
  @ParameterizedTest
  @CsvSource({
    "90m, PT90M, 1h30m",
    "24h, PT24H, 24h",
    "7d, PT168H, 7d",
    "P1DT2H, PT26H, 26h",
    "1H 30M, , ",
    "250ms, PT0.25S, 250ms",
    "2d1h, PT49H, 2d1h",
    "0s, PT0S, 0s",
    "-PT5S, , ",
  })
  void readsWhatPeopleWriteAndShowsItShortly(String written, String iso, String shown) {
    assertThat(DurationText.parse(written).map(Duration::toString).orElse(null))
        .isEqualTo(iso == null ? null : Duration.parse(iso).toString());
    if (shown != null) {
      assertThat(DurationText.format(Duration.parse(iso))).isEqualTo(shown);
      assertThat(DurationText.parse(shown)).contains(Duration.parse(iso));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "24",
        "h",
        "-1h",
        "1.5h",
        "1m1h",
        "99999999999999999999d",
        "9223372036854775807d",
        "P",
        "tomorrow"
      })
  void takesNothingElseForADuration(String written) {
    assertThat(DurationText.parse(written)).isEmpty();
  }

  @Test
  void showsWhatHasNoShortFormAsIso() {
    assertThat(DurationText.format(Duration.ofNanos(5))).isEqualTo("PT0.000000005S");
    assertThat(DurationText.format(Duration.ofSeconds(-5))).isEqualTo("PT-5S");
  }
}
