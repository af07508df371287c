package io.inferwarden.alerting.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.FindingJson;
import io.inferwarden.alerting.IncidentKind;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerInputTest {
  @Test
  void findingsAndMomentsComeBackAsTheyWere() {
    Finding finding = Examples.drift(IncidentKind.INPUT_DRIFT, "", Examples.AT, 1);
    IncidentAction moment = new IncidentAction.Moment(Examples.AT);

    assertThat(LedgerInput.fromJson(FindingJson.toJson(finding))).isEqualTo(finding);
    assertThat(LedgerInput.fromJson(IncidentActionJson.toJson(moment))).isEqualTo(moment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{}", "{\"action\":1}", "{\"action\":\"delete\"}"})
  void whatIsNeitherIsASerializationError(String bytes) {
    assertThatThrownBy(
            () -> LedgerInput.deserializer().deserialize("findings", bytes.getBytes(UTF_8)))
        .isInstanceOf(SerializationException.class)
        .hasMessageContaining("findings");
  }

  @Test
  void whatPeopleDoIsNotReadFromTheFindings() {
    byte[] action =
        IncidentActionJson.toJson(
            new IncidentAction.Acknowledge("an id", "a key", new Acknowledgement("ann", 1, "")));

    assertThatThrownBy(() -> LedgerInput.fromJson(action))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("moment");
  }

  @Test
  void aTombstoneStaysOne() {
    assertThat(LedgerInput.deserializer().deserialize("findings", (byte[]) null)).isNull();
  }
}
