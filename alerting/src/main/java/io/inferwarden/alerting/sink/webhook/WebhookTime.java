package io.inferwarden.alerting.sink.webhook;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.Judgement;

/** When that happened of which a webhook tells. */
final class WebhookTime {
  private WebhookTime() {}

  /** Milliseconds since the epoch: of the end, of what a person did, or of the latest finding. */
  static long millis(Incident incident) {
    Handling handling = incident.handling();
    Acknowledgement acknowledgement = handling.acknowledgement();
    Judgement judgement = handling.judgement();
    return switch (handling.change()) {
      case RESOLVED -> Math.max(incident.lastSeenAtMillis(), handling.resolvedAtMillis());
      case ACKNOWLEDGED ->
          acknowledgement == null ? incident.lastSeenAtMillis() : acknowledgement.atMillis();
      case JUDGED -> judgement == null ? incident.lastSeenAtMillis() : judgement.atMillis();
      case OPENED, UPDATED, ESCALATED, BLINDED, REOPENED -> incident.lastSeenAtMillis();
    };
  }
}
