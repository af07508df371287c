package io.inferwarden.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.NotificationJson;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestWriterTest {
  private static final long NOW = 1_780_000_000_000L;

  @Test
  void countsByKindAndSeverityAndNamesTheWorst() {
    List<Notification> folded = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      folded.add(News.opened(i, i == 7 ? Severity.CRITICAL : Severity.LOW, NOW));
    }
    folded.add(
        News.told(
            News.incident(5_000, 1, IncidentChange.OPENED, Severity.HIGH, IncidentKind.FUZZING),
            NOW));
    folded.add(News.told(7, 2, IncidentChange.RESOLVED, NOW));

    Notification digest = DigestWriter.digest(folded, NOW + 5);
    Incident incident = digest.incident();

    assertThat(incident.title()).isEqualTo("Digest of 1,202 notifications about 1,201 incidents");
    assertThat(incident.summary())
        .contains(": 1 critical, 2 high, 1,199 low. The worst: Model abuse (high, ");
    assertThat(incident.evidence())
        .extracting(Evidence::sentence)
        .startsWith(
            "extraction: 1,201 notifications: 1 critical, 1 high, 1,199 low",
            "fuzzing: 1 notification: 1 high")
        .hasSize(7);
    assertThat(incident.kind()).isEqualTo(IncidentKind.DIGEST);
    assertThat(incident.subject()).isEqualTo("sink:chat");
    assertThat(incident.findings()).isEqualTo(1_202);
    assertThat(digest.sink()).isEqualTo("chat");
    assertThat(digest.route()).isEqualTo("default");
    assertThat(digest.createdAtMillis()).isEqualTo(NOW + 5);
    assertThat(NotificationJson.fromJson(NotificationJson.toJson(digest))).isEqualTo(digest);
  }

  @Test
  void itsIdFollowsFromWhatIsFolded() {
    List<Notification> folded =
        List.of(News.opened(1, Severity.LOW, NOW), News.opened(2, Severity.LOW, NOW));
    List<Notification> others =
        List.of(News.opened(1, Severity.LOW, NOW), News.opened(3, Severity.LOW, NOW));

    assertThat(DigestWriter.digest(folded, NOW).id())
        .isEqualTo(DigestWriter.digest(folded, NOW + 99).id())
        .isNotEqualTo(DigestWriter.digest(others, NOW).id())
        .matches("inc_[a-z2-7]{26}_1");
  }
}
