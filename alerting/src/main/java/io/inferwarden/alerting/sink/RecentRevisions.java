package io.inferwarden.alerting.sink;

import io.inferwarden.alerting.Incident;
import java.util.LinkedHashSet;

/** The revisions of incidents that were written last, as many as a redelivery may repeat. */
final class RecentRevisions {
  static final int CAPACITY = 10_000;

  private record Revision(String id, long number) {}

  private final LinkedHashSet<Revision> revisions = new LinkedHashSet<>();

  boolean contains(Incident incident) {
    return revisions.contains(new Revision(incident.id(), incident.revision()));
  }

  void add(Incident incident) {
    revisions.add(new Revision(incident.id(), incident.revision()));
    if (revisions.size() > CAPACITY) {
      revisions.remove(revisions.iterator().next());
    }
  }
}
