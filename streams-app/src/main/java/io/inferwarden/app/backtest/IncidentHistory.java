package io.inferwarden.app.backtest;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Member;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What incidents have said over all their revisions, and whom each named when. */
public final class IncidentHistory {
  private final Map<String, OpenedIncident> opened = new LinkedHashMap<>();

  /** When each campaign, by its id, named which principal. */
  private final Map<String, Map<String, Long>> accused = new HashMap<>();

  /** When each common cause, by its id, named which model. */
  private final Map<String, Map<String, Long>> named = new HashMap<>();

  /** Takes an incident or a later revision of one. */
  public void accept(Incident incident) {
    boolean tellsAnew = incident.kind().tellsTheLatest() || incident.kind().accuses();
    if (incident.revision() == 1 || tellsAnew) {
      opened.put(
          incident.id(),
          new OpenedIncident(
              incident.id(),
              incident.subject(),
              incident.model(),
              incident.kind().code(),
              incident.severity().code(),
              incident.openedAtMillis(),
              IncidentJson.toTree(incident).path("evidence")));
    }
    for (Member member : incident.members()) {
      accused
          .computeIfAbsent(incident.id(), id -> new LinkedHashMap<>())
          .putIfAbsent(member.principal(), member.sinceMillis());
    }
    if (incident.kind() == IncidentKind.COMMON_CAUSE) {
      Map<String, Long> models = named.computeIfAbsent(incident.id(), id -> new LinkedHashMap<>());
      incident.models().forEach(model -> models.putIfAbsent(model, incident.lastSeenAtMillis()));
    }
  }

  /** All incidents in the order of opening, with everybody whom they ever named. */
  public List<OpenedIncident> all() {
    return opened.values().stream().map(this::withNames).toList();
  }

  private OpenedIncident withNames(OpenedIncident incident) {
    Map<String, Long> principals = accused.getOrDefault(incident.id(), Map.of());
    Map<String, Long> models = named.getOrDefault(incident.id(), Map.of());
    return incident.naming(
        principals.entrySet().stream()
            .map(entry -> new OpenedIncident.Accusation(entry.getKey(), entry.getValue()))
            .toList(),
        models.entrySet().stream()
            .map(entry -> new OpenedIncident.NamedModel(entry.getKey(), entry.getValue()))
            .toList());
  }
}
