package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.JsonNames;
import java.util.Locale;

/**
 * An incident of the API in one line: {@code 2026-03-02 14:02 high open inc_… extraction
 * principal:acme fraud-scorer}.
 */
final class IncidentLine {
  private IncidentLine() {}

  /**
   * @param time which of its times comes first
   * @param what which of its words comes third: its state, or what changed
   */
  static String of(JsonNode incident, String time, String what) {
    return String.format(
        Locale.ROOT,
        "%s  %-8s  %-12s  %s  %s  %s  %s",
        Terminal.minute(incident, time),
        Terminal.text(incident, JsonNames.SEVERITY),
        Terminal.text(incident, what),
        Terminal.text(incident, JsonNames.ID),
        Terminal.text(incident, JsonNames.KIND),
        Terminal.text(incident, JsonNames.SUBJECT),
        Terminal.text(incident, JsonNames.MODEL));
  }
}
