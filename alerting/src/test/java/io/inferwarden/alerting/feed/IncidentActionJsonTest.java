package io.inferwarden.alerting.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class IncidentActionJsonTest {
  private static final Incident INCIDENT = Examples.incident("principal:a|b", 3);
  private static final String KEY = IncidentLedger.key(INCIDENT);

  @Test
  void everyActionComesBackAsItWas() {
    List<IncidentAction> actions =
        List.of(
            new IncidentAction.Acknowledge(
                INCIDENT.id(), KEY, new Acknowledgement("ann", Examples.AT, "\u202e \"looking\"")),
            new IncidentAction.Judge(
                INCIDENT, new Judgement(IncidentVerdict.BENIGN_CHANGE, "bob", Examples.AT, "")),
            new IncidentAction.Tell(
                Examples.opened(Examples.drift(IncidentKind.TEST, "", Examples.AT, 1))),
            new IncidentAction.Moment(Examples.AT));

    for (IncidentAction action : actions) {
      assertThat(IncidentActionJson.fromJson(IncidentActionJson.toJson(action))).isEqualTo(action);
    }
  }

  @Test
  void anIncidentOfADetectorCannotBeTold() {
    assertThatThrownBy(() -> new IncidentAction.Tell(INCIDENT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("extraction");
  }

  @Test
  void whatIsNoActionIsASerializationError() {
    for (String bytes : List.of("{}", "[]", "{\"action\":\"delete\"}", "{\"action\":\"tell\"}")) {
      assertThatThrownBy(
              () ->
                  IncidentActionJson.serde()
                      .deserializer()
                      .deserialize("incident-actions", bytes.getBytes(UTF_8)))
          .isInstanceOf(SerializationException.class);
    }
  }
}
