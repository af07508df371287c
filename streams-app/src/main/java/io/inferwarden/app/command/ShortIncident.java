package io.inferwarden.app.command;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.feed.IncidentText;
import java.util.List;

/** The first lines of an incident: who, since when, and the two strongest reasons. */
final class ShortIncident {
  private static final int LINES = 4;

  private ShortIncident() {}

  static String of(Incident incident) {
    List<String> lines = IncidentText.of(incident).lines().toList();
    return String.join(System.lineSeparator(), lines.subList(0, Math.min(LINES, lines.size() - 1)));
  }
}
