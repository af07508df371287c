package io.inferwarden.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PercentilesTest {
  @Test
  void isTheSmallestFigureThatTheShareDoesNotExceed() {
    Percentiles millis =
        new Percentiles(IntStream.rangeClosed(1, 200).mapToDouble(i -> 201 - i).toArray());

    assertThat(millis.at(.5)).isEqualTo(100);
    assertThat(millis.at(.99)).isEqualTo(198);
    assertThat(millis.at(1)).isEqualTo(200);
  }

  @Test
  void ofASingleFigureIsThatFigure() {
    Percentiles millis = new Percentiles(new double[] {7});

    assertThat(millis.at(.01)).isEqualTo(7);
    assertThat(millis.at(1)).isEqualTo(7);
  }

  @Test
  void ofNothingIsNotANumber() {
    assertThat(new Percentiles(new double[0]).at(.5)).isNaN();
  }

  @Test
  void refusesAShareThatIsNone() {
    Percentiles millis = new Percentiles(new double[] {7});

    assertThatThrownBy(() -> millis.at(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> millis.at(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }
}
