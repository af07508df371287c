package io.inferwarden.bench.abuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  @Test
  void theSmallestTraceKeepsItsBars() throws IOException {
    Path path =
        Path.of(
            System.getProperty("inferwarden.shared", "absent"), "traces", "digits-rf-s13.jsonl.gz");
    Assumptions.assumeTrue(Files.exists(path), "no traces");
    Calibration.Settings settings = new Calibration.Settings(1, 1);

    Calibration calibration = new Calibration(RecordedTrace.read(path), settings);

    Calibration.Judged day = calibration.judge(24);
    List<CalibrationResult.Splice> splices = calibration.splices(day.baseline());

    assertThat(day.plain().found()).isGreaterThanOrEqualTo(113);
    assertThat(day.plain().accusedCount()).isLessThanOrEqualTo(4);
    assertThat(day.plain().medianQueries()).isLessThanOrEqualTo(25);
    assertThat(splices).hasSize(4).allMatch(splice -> splice.found() >= 11);
  }

  @Test
  void tablesReplaceWhatStandsBetweenTheMarkers() {
    String page = "a\n" + CalibrationMarkdown.BEGIN + "\nold\n" + CalibrationMarkdown.END + "\nb\n";

    String replaced = CalibrationMarkdown.replaceIn(page, "new\n");

    assertThat(replaced)
        .isEqualTo(
            "a\n" + CalibrationMarkdown.BEGIN + "\nnew\n" + CalibrationMarkdown.END + "\nb\n");
    assertThatThrownBy(() -> CalibrationMarkdown.replaceIn("no markers", "new"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    assertThat(Calibration.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
    assertThat(Calibration.median(new double[] {9, 1, Double.POSITIVE_INFINITY})).isEqualTo(9);
    assertThat(Calibration.median(new double[0])).isNaN();
  }
}
