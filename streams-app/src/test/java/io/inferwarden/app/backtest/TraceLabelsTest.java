package io.inferwarden.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferwarden.app.backtest.TraceLabels.Expected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceLabelsTest {
  private static final String CONTRACT =
      """
      {"trace":"unknown fields do no harm",
       "principals":[{"principal":"k9","model":"m","attack":"extract_jbda","campaign":"c01",
         "from":1772442720154,"to":1772444727559,"queries":2400}],
       "campaigns":{"c01":{"attack":"extract_jbda","principals":1,
         "progress":[{"queries":60,"fidelity":0.76}]}},
       "roles":{"kbb":"nightly-batch"},
       "models":[{"model":"m","change":"covariate_sudden","severity":"strong",
         "at":1772702247775,"expected":"alert","features":["age"]}]}
      """;

  @TempDir private Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("labels.json"), content);
  }

  @Test
  void readsTheContractsExample() throws IOException {
    TraceLabels labels = TraceLabels.read(file(CONTRACT));

    assertThat(labels.principals().get(0).queries()).isEqualTo(2400);
    assertThat(labels.campaigns().get("c01").progress().get(0).fidelity()).isEqualTo(.76);
    assertThat(labels.roles()).containsEntry("kbb", "nightly-batch");
    assertThat(labels.models().get(0).expected()).isEqualTo(Expected.ALERT);
    assertThat(labels.models().get(0).features()).containsExactly("age");
  }

  @Test
  void whatItWritesItReadsBack() throws IOException {
    TraceLabels labels = TraceLabels.read(file(CONTRACT));

    TraceLabels again = TraceLabels.read(file(labels.toJson()));

    assertThat(again).isEqualTo(labels);
  }

  @Test
  void sectionsThatAreMissingAreEmpty() throws IOException {
    TraceLabels labels = TraceLabels.read(file("{\"roles\":null}"));

    assertThat(labels.principals()).isEmpty();
    assertThat(labels.campaigns()).isEmpty();
    assertThat(labels.roles()).isEmpty();
    assertThat(labels.models()).isEmpty();
  }

  @Test
  void aMissingFieldIsNamedWithFileAndLine() throws IOException {
    Path file = file("{\"principals\":[\n {\"principal\":\"k\",\"attack\":\"a\",\"to\":3}]}");

    assertThatThrownBy(() -> TraceLabels.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels.json, line 2, principals[0].from");
  }

  @Test
  void aValueOfTheWrongKindIsNamedWithFileAndLine() throws IOException {
    Path file =
        file("{\"models\":[{\"model\":\"m\",\"change\":\"c\",\n\"at\":1,\"expected\":\"loud\"}]}");

    assertThatThrownBy(() -> TraceLabels.read(file))
        .hasMessageContaining("labels.json, line 2, models[0].expected")
        .hasMessageContaining("loud");
  }

  @Test
  void aValueOutOfRangeSaysTheRule() throws IOException {
    Path file =
        file(
            "{\"campaigns\":{\"c1\":{\"attack\":\"a\",\"progress\":[{\"queries\":1,\"fidelity\":7}]}}}");

    assertThatThrownBy(() -> TraceLabels.read(file))
        .hasMessageContaining("line 1, campaigns.c1.progress[0]")
        .hasMessageEndingWith("fidelity must be in [0, 1], was 7.0");
  }

  @Test
  void brokenJsonIsNamedWithFileAndLine() throws IOException {
    Path file = file("{\"roles\":\n{\"a\" \"b\"}}");

    assertThatThrownBy(() -> TraceLabels.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels.json, line 2");
  }

  @Test
  void readsTheSharedTraces() throws IOException {
    Path traces = Path.of(System.getProperty("inferwarden.shared", "none"), "traces");
    assumeTrue(Files.isDirectory(traces), "the shared traces are not here");

    TraceLabels labels = TraceLabels.read(traces.resolve("adult-logreg-s12.labels.json"));
    TraceLabels drift = TraceLabels.read(traces.resolve("drift-adult-logreg-s31.labels.json"));

    assertThat(labels.principals()).hasSizeGreaterThanOrEqualTo(114);
    assertThat(drift.models()).hasSize(27);
  }
}
