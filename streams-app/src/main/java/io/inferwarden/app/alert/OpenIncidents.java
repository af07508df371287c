package io.inferwarden.app.alert;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.state.CompactedTopicStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The incidents that are open anywhere, as every instance reads them from the compacted topic. */
public final class OpenIncidents extends CompactedTopicStore {
  private final Map<String, Incident> byId = new ConcurrentHashMap<>();

  public OpenIncidents(String name) {
    super(name);
  }

  /** All of them, in no order that lasts. */
  public Collection<Incident> all() {
    return List.copyOf(byId.values());
  }

  /**
   * Whether the model that an incident is about has fallen silent, so that nobody can tell whether
   * the incident is over. An incident about silence is not silenced by itself.
   */
  public boolean isSilent(Incident incident) {
    return incident.kind() != IncidentKind.SILENCE
        && byId.values().stream()
            .anyMatch(
                other ->
                    other.kind() == IncidentKind.SILENCE
                        && (other.model().equals(incident.model())
                            || other.models().contains(incident.model())));
  }

  @Override
  protected void take(String id, byte @Nullable [] json) {
    if (json == null) {
      byId.remove(id);
      return;
    }
    Incident incident = IncidentJson.fromJson(json);
    if (incident.isOpen()) {
      byId.put(id, incident);
    } else {
      byId.remove(id);
    }
  }
}
