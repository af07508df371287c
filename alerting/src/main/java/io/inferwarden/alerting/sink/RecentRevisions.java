package io.inferwarden.alerting.sink;

import java.util.LinkedHashSet;

/** The revisions of incidents that were written last, as many as a redelivery may repeat. */
final class RecentRevisions {
  static final int CAPACITY = 10_000;

  private final LinkedHashSet<LineFormat.Revision> revisions = new LinkedHashSet<>();

  boolean contains(LineFormat.Revision revision) {
    return revisions.contains(revision);
  }

  void add(LineFormat.Revision revision) {
    revisions.add(revision);
    if (revisions.size() > CAPACITY) {
      revisions.remove(revisions.iterator().next());
    }
  }
}
