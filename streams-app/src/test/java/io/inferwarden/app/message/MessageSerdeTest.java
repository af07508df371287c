package io.inferwarden.app.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.NewerFormatException;
import io.inferwarden.alerting.Severity;
import io.inferwarden.detectors.chat.Adoption;
import io.inferwarden.detectors.chat.PromptKeys;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSerdeTest {
  private static final long TIME = 1_772_323_200_000L;
  private static final Progress PROGRESS =
      new Progress(
          3, TIME, Map.of("fraud", TIME - 5, "модель", TIME - 7), Set.of(TIME, TIME - 3_600_000));

  private final LearningMessageSerde learning = new LearningMessageSerde();
  private final PaneMessageSerde panes = new PaneMessageSerde();

  private static <M> M throughBytes(Serde<M> serde, M message) {
    byte[] written = serde.serializer().serialize("t", message);
    M read = serde.deserializer().deserialize("t", written);
    assertThat(serde.serializer().serialize("t", read)).isEqualTo(written);
    return read;
  }

  @Test
  void aSampleSurvivesTheWayThroughBytes() {
    LearningMessage sample =
        new LearningMessage.Sample("fraud", "7", 12, true, -99L, TIME, new byte[] {1, 0, -1});

    assertThat(throughBytes(learning, sample)).usingRecursiveComparison().isEqualTo(sample);
  }

  @Test
  void aPaneTotalSurvivesTheWayThroughBytes() {
    LearningMessage total = new LearningMessage.PaneTotal("fraud", "", TIME, 12_345_678_901L);

    assertThat(throughBytes(learning, total)).isEqualTo(total);
  }

  @Test
  void aSummarySurvivesTheWayThroughBytes() {
    PaneMessage summary =
        new PaneMessage.Summary(
            "fraud",
            "bl_1",
            TIME,
            new byte[] {5, 6},
            17,
            23,
            List.of(new PaneMessage.Outputs("7", "sha256:ab", new byte[] {8})));

    assertThat(throughBytes(panes, summary)).usingRecursiveComparison().isEqualTo(summary);
  }

  @Test
  void whatJudgesTellTheFleetSurvivesTheWayThroughBytes() {
    FleetMessageSerde fleet = new FleetMessageSerde();
    FleetMessage note =
        new FleetMessage.Note(
            "fraud",
            "bl_1",
            TIME,
            TIME - 9,
            77,
            true,
            List.of(new FleetMessage.Cause("amount", .25, .5, "above 3", .1, Double.NaN)));
    FleetMessage raised =
        new FleetMessage.Raised(
            new Finding(
                "model:m",
                "m",
                "7",
                IncidentKind.INPUT_DRIFT,
                Severity.HIGH,
                TIME,
                TIME - 5,
                9,
                1.5,
                List.of(Evidence.ofModel("amount", .5, "above 3", .1, .2))));

    assertThat(throughBytes(fleet, note)).isEqualTo(note);
    assertThat(throughBytes(fleet, raised)).isEqualTo(raised);
    assertThat(throughBytes(fleet, new FleetMessage.Judged(3, TIME, TIME - 1)))
        .isEqualTo(new FleetMessage.Judged(3, TIME, TIME - 1));
  }

  @Test
  void readinessSurvivesTheWayThroughBytes() {
    PaneMessage ready = new PaneMessage.Ready("fraud", "bl_1", 11);

    assertThat(throughBytes(panes, ready)).isEqualTo(ready);
  }

  @Test
  void progressSurvivesTheWayThroughBothTopics() {
    assertThat(throughBytes(learning, PROGRESS)).isEqualTo(PROGRESS);
    assertThat(throughBytes(panes, PROGRESS)).isEqualTo(PROGRESS);
  }

  @Test
  void theSameProgressIsTheSameBytesWhateverTheOrderOfItsModels() {
    Map<String, Long> other = new TreeMap<>(PROGRESS.firstSeenMillis()).descendingMap();

    assertThat(
            learning
                .serializer()
                .serialize("t", new Progress(3, TIME, other, PROGRESS.activePanesMillis())))
        .isEqualTo(learning.serializer().serialize("t", PROGRESS));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 12, 30})
  void aTruncatedMessageIsUnreadableAndNothingWorse(int length) {
    byte[] written = learning.serializer().serialize("t", PROGRESS);
    byte[] cut = Arrays.copyOf(written, length);

    assertThatThrownBy(() -> learning.deserializer().deserialize("samples", cut))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("samples");
  }

  @Test
  void aMessageOfANewerReleaseSaysSo() {
    assertThatThrownBy(() -> panes.deserializer().deserialize("panes", new byte[] {9, 0, 0}))
        .isInstanceOf(SerializationException.class)
        .hasRootCauseInstanceOf(NewerFormatException.class)
        .rootCause()
        .hasMessageContaining("A record of panes has format version 9");
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 'n', '{', -1})
  void aMessageOfNoVersionIsNotTakenForANewerOne(byte first) {
    assertThatThrownBy(() -> panes.deserializer().deserialize("panes", new byte[] {first, 0, 0}))
        .isInstanceOf(SerializationException.class)
        .hasMessage("panes: expected format version 1, found " + first)
        .hasNoCause();
  }

  @Test
  void aMessageOfAnUnknownTypeIsUnreadable() {
    assertThatThrownBy(() -> panes.deserializer().deserialize("panes", new byte[] {1, 77}))
        .isInstanceOf(SerializationException.class)
        .hasRootCauseMessage("unknown message type 77");
  }

  @Test
  void aPartitionIsNeverNegative() {
    assertThatThrownBy(() -> new Progress(-1, TIME, Map.of(), Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("partition must be >= 0, was -1");
  }

  @Test
  void whatTheCohortStageHearsSurvivesTheWayThroughBytes() {
    CohortMessageSerde cohorts = new CohortMessageSerde();
    Finding finding =
        new Finding(
            "principal:k9",
            "fraud",
            "7",
            IncidentKind.EVASION,
            Severity.HIGH,
            TIME,
            TIME - 9,
            77,
            1.5,
            List.of());
    CohortMessage standing =
        new CohortMessage.Standing(
            "bl_1",
            "k9",
            "203.0.113.0/24",
            TIME,
            8.25,
            true,
            finding,
            new CohortMessage.Traits(new float[][] {{1, .5f}, {}, {3}}, new int[] {4, -5}));
    List<PromptKeys> prompts = Collections.nCopies(10, new PromptKeys(1, -2, 3, 0));

    assertThat(throughBytes(cohorts, standing)).usingRecursiveComparison().isEqualTo(standing);
    for (CohortMessage message :
        List.of(
            new CohortMessage.Arrived("bl_1", "k9", null, TIME),
            new CohortMessage.Adopted("bl_1", "k9", "acme", TIME, new Adoption(prompts, 3)),
            new CohortMessage.Ready(3, "bl_1"),
            new CohortMessage.Moment(0, TIME))) {
      assertThat(throughBytes(cohorts, message)).isEqualTo(message);
    }
  }
}
