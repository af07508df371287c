package io.inferwarden.app.command;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.feed.IncidentText;

/** The first lines of an incident: who, since when, how sure, and the two strongest reasons. */
final class ShortIncident {
  private ShortIncident() {}

  static String of(Incident incident) {
    return String.join(System.lineSeparator(), IncidentText.brief(incident).lines().toList());
  }
}
