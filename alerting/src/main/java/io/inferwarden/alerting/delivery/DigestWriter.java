package io.inferwarden.alerting.delivery;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentId;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.outbox.Notification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Makes one notification of many: an incident of kind {@link IncidentKind#DIGEST} whose evidence
 * holds how many notifications there were of each kind and severity, which add up to {@code
 * findings}, and the worst incidents. Its id follows from what was folded.
 */
final class DigestWriter {
  private static final int WORST = 5;
  private static final int MOST_MODELS = 50;

  private static final Comparator<Incident> WORST_FIRST =
      Comparator.comparing(Incident::severity)
          .thenComparing(Incident::level)
          .reversed()
          .thenComparing(Incident::openedAtMillis)
          .thenComparing(Incident::id);

  private DigestWriter() {}

  /**
   * The digest of notifications.
   *
   * @param folded in the order of the outbox, at least two, all for the same sink
   * @param nowMillis when the digest is made
   */
  static Notification digest(List<Notification> folded, long nowMillis) {
    Notification first = folded.get(0);
    Notification last = folded.get(folded.size() - 1);
    String sink = first.sink();
    String id =
        IncidentId.of(
            "sink:" + sink + "|" + first.id() + "|" + last.id() + "|" + folded.size(),
            Finding.ANY_MODEL,
            IncidentKind.DIGEST,
            first.createdAtMillis());
    return Notification.ofChange(incident(id, folded), sink, route(folded), nowMillis);
  }

  private static Incident incident(String id, List<Notification> folded) {
    List<Incident> incidents = latest(folded);
    Incident worst = incidents.get(0);
    long opened = Long.MAX_VALUE;
    long lastSeen = 0;
    long onset = Long.MAX_VALUE;
    TreeSet<String> models = new TreeSet<>();
    for (Notification notification : folded) {
      Incident incident = notification.incident();
      opened = Math.min(opened, incident.openedAtMillis());
      lastSeen = Math.max(lastSeen, incident.lastSeenAtMillis());
      onset = Math.min(onset, incident.onsetMillis());
      models.add(incident.model());
    }
    String title =
        String.format(
            Locale.ROOT,
            "Digest of %s about %s",
            counted(folded.size(), "notification"),
            counted(incidents.size(), "incident"));
    String summary =
        title
            + ": "
            + bySeverity(folded)
            + ". The worst: "
            + words(worst)
            + ". All are in the feed.";
    return new Incident(
        id,
        1,
        IncidentState.OPEN,
        Handling.OPENED,
        "sink:" + folded.get(0).sink(),
        models.size() == 1 ? models.first() : Finding.ANY_MODEL,
        "",
        IncidentKind.DIGEST,
        worst.severity(),
        opened,
        lastSeen,
        onset,
        folded.size(),
        0,
        0,
        Chance.UNKNOWN,
        evidence(folded, incidents),
        models.size() <= MOST_MODELS ? List.copyOf(models) : List.of(),
        List.of(),
        0,
        title,
        summary);
  }

  /** The latest revision of each incident, the worst first. */
  private static List<Incident> latest(List<Notification> folded) {
    Map<String, Incident> latest = new HashMap<>();
    for (Notification notification : folded) {
      Incident incident = notification.incident();
      latest.merge(incident.id(), incident, (a, b) -> a.revision() > b.revision() ? a : b);
    }
    List<Incident> incidents = new ArrayList<>(latest.values());
    incidents.sort(WORST_FIRST);
    return incidents;
  }

  private static List<Evidence> evidence(List<Notification> folded, List<Incident> incidents) {
    Map<IncidentKind, List<Notification>> kinds = new EnumMap<>(IncidentKind.class);
    for (Notification notification : folded) {
      kinds
          .computeIfAbsent(notification.incident().kind(), kind -> new ArrayList<>())
          .add(notification);
    }
    List<Evidence> evidence = new ArrayList<>();
    kinds.forEach((kind, those) -> evidence.add(ofKind(kind, those, folded.size())));
    evidence.sort(Comparator.comparing(Evidence::share).reversed());
    for (Incident incident : incidents.subList(0, Math.min(WORST, incidents.size()))) {
      evidence.add(
          new Evidence(
              incident.id(),
              0,
              "one of the worst",
              Double.NaN,
              Double.NaN,
              "one of the worst: " + words(incident) + ", " + incident.id()));
    }
    return evidence;
  }

  private static Evidence ofKind(IncidentKind kind, List<Notification> those, int all) {
    String counts = counted(those.size(), "notification") + ": " + bySeverity(those);
    return new Evidence(
        kind.code(),
        (double) those.size() / all,
        counts,
        Double.NaN,
        Double.NaN,
        kind.code() + ": " + counts);
  }

  /** Such as {@code 2 critical, 13 low}: the gravest first, none left out. */
  private static String bySeverity(List<Notification> notifications) {
    Map<Severity, Integer> counts = new TreeMap<>(Comparator.reverseOrder());
    for (Notification notification : notifications) {
      counts.merge(notification.incident().severity(), 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .map(each -> String.format(Locale.ROOT, "%,d %s", each.getValue(), each.getKey().code()))
        .collect(Collectors.joining(", "));
  }

  private static String words(Incident incident) {
    return incident.title()
        + " ("
        + incident.severity().code()
        + ", "
        + incident.state().code()
        + ") of "
        + incident.subject();
  }

  private static String counted(int count, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
  }

  /** The route that all came by, where there is one. */
  private static String route(List<Notification> folded) {
    String route = folded.get(0).route();
    return folded.stream().allMatch(other -> other.route().equals(route)) ? route : "several";
  }
}
