package io.inferwarden.alerting.feed;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentId;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which findings become incidents: one incident for a subject, model and kind (and,
 * where the kind says so, version), which lasts as long as findings follow each other within the
 * quiet period of event time. All kinds that {@link IncidentKind#accuses accuse} share one
 * incident, for what somebody is after becomes clear only with time. A pure function: the caller
 * keeps the latest incident under {@link #key}.
 *
 * <p>Within an incident the id and the opening time never change, the revision grows by one with
 * every change, and neither the latest time, the severity nor the number of events ever goes down,
 * in whatever order findings arrive. An alarm shows its strongest finding, with that finding's kind
 * and reasons, so its level never goes down either; a kind that {@link IncidentKind#tellsTheLatest}
 * shows its latest. What was told as a ticket becomes an alarm with the first finding that pages,
 * at that finding's level, and an alarm never becomes a ticket. Members of a campaign are those of
 * its latest finding that has any; each keeps the time at which it was first named.
 */
public final class IncidentLedger {
  /** Stands in a key for every kind that accuses somebody. */
  private static final String ABUSE = "abuse";

  /** How long nothing must be found before an incident is over, unless told otherwise. */
  public static final Duration DEFAULT_QUIET_PERIOD = Duration.ofHours(24);

  private final long quietMillis;

  public IncidentLedger() {
    this(DEFAULT_QUIET_PERIOD);
  }

  public IncidentLedger(Duration quietPeriod) {
    if (quietPeriod.isNegative() || quietPeriod.isZero()) {
      throw new IllegalArgumentException("quietPeriod must be > 0, was " + quietPeriod);
    }
    this.quietMillis = quietPeriod.toMillis();
  }

  /** Under which an incident is kept; the same for all findings that may belong to it. */
  public static String key(Finding finding) {
    return key(finding.subject(), finding.model(), finding.kind(), finding.version());
  }

  /** Under which an incident is kept; the same as that of its findings. */
  public static String key(Incident incident) {
    return key(incident.subject(), incident.model(), incident.kind(), incident.version());
  }

  /**
   * The incident after a finding: the current one with its next revision, or a new one when there
   * is no current one or the finding comes after its quiet period. In the latter case the caller
   * should first publish {@link #resolve} of the current one, should it still be open. A finding
   * that belongs to a resolved incident (it came late) opens that incident again.
   */
  public Incident apply(@Nullable Incident current, Finding finding) {
    if (current == null) {
      return opened(finding);
    }
    if (!key(current).equals(key(finding))) {
      throw new IllegalArgumentException(
          "finding must have the incident's key " + key(current) + ", had " + key(finding));
    }
    return isOver(current, finding.atMillis()) ? opened(finding) : updated(current, finding);
  }

  /** Whether at that event time nothing was found for the whole quiet period. */
  public boolean isOver(Incident incident, long atMillis) {
    return atMillis - incident.lastSeenAtMillis() > quietMillis;
  }

  /**
   * The incident resolved, when it is open and {@link #isOver} by then; null when there is nothing
   * to publish.
   */
  public @Nullable Incident resolveIfOver(Incident incident, long atMillis) {
    return incident.isOpen() && isOver(incident, atMillis) ? resolve(incident) : null;
  }

  /** The incident with its next revision, resolved; one that already is comes back unchanged. */
  public Incident resolve(Incident incident) {
    if (!incident.isOpen()) {
      return incident;
    }
    return new Incident(
        incident.id(),
        incident.revision() + 1,
        IncidentState.RESOLVED,
        incident.subject(),
        incident.model(),
        incident.version(),
        incident.kind(),
        incident.severity(),
        incident.openedAtMillis(),
        incident.lastSeenAtMillis(),
        incident.onsetMillis(),
        incident.findings(),
        incident.events(),
        incident.level(),
        incident.chanceOnceInMillis(),
        incident.evidence(),
        incident.models(),
        incident.members(),
        incident.memberCount(),
        incident.title(),
        incident.summary());
  }

  private static Incident opened(Finding finding) {
    long onset = Math.min(finding.onsetMillis(), finding.atMillis());
    Incident incident =
        new Incident(
            IncidentId.of(finding),
            1,
            IncidentState.OPEN,
            finding.subject(),
            finding.model(),
            finding.version(),
            finding.kind(),
            finding.severity(),
            finding.atMillis(),
            finding.atMillis(),
            onset,
            1,
            finding.events(),
            finding.level(),
            finding.chanceOnceInMillis(),
            finding.evidence(),
            finding.models(),
            finding.members(),
            finding.memberCount(),
            finding.kind().title(),
            finding.kind().explanation());
    return IncidentWording.worded(incident);
  }

  private static Incident updated(Incident current, Finding finding) {
    boolean isLatest = finding.atMillis() >= current.lastSeenAtMillis();
    boolean isShown = isShown(current, finding, isLatest);
    boolean namesMembers = CampaignMembers.areTakenFrom(finding, current);
    Incident incident =
        new Incident(
            current.id(),
            current.revision() + 1,
            IncidentState.OPEN,
            current.subject(),
            current.model(),
            isLatest ? finding.version() : current.version(),
            isShown ? finding.kind() : current.kind(),
            current.severity().or(finding.severity()),
            current.openedAtMillis(),
            Math.max(current.lastSeenAtMillis(), finding.atMillis()),
            Math.min(current.onsetMillis(), finding.onsetMillis()),
            current.findings() + 1,
            Math.max(current.events(), finding.events()),
            isShown ? finding.level() : current.level(),
            isShown ? finding.chanceOnceInMillis() : current.chanceOnceInMillis(),
            isShown ? finding.evidence() : current.evidence(),
            union(current.models(), finding.models()),
            namesMembers
                ? CampaignMembers.merged(current.members(), finding.members())
                : current.members(),
            namesMembers ? finding.memberCount() : current.memberCount(),
            current.title(),
            current.summary());
    return IncidentWording.worded(incident);
  }

  /** Whether the incident tells that finding from now on. */
  private static boolean isShown(Incident current, Finding finding, boolean isLatest) {
    IncidentKind kind = finding.kind();
    if (kind.tellsTheLatest()) {
      return isLatest;
    }
    if (kind.pages() != current.kind().pages()) {
      return kind.pages();
    }
    return finding.level() >= current.level();
  }

  private static List<String> union(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static String key(String subject, String model, IncidentKind kind, String version) {
    String what = kind.accuses() ? ABUSE : kind.code();
    String key = escaped(subject) + "|" + escaped(model) + "|" + what;
    return kind.isPerVersion() ? key + "|" + escaped(version) : key;
  }

  /** Keeps the separator out of names, so that no two subjects share a key. */
  private static String escaped(String name) {
    return name.replace("%", "%25").replace("|", "%7C");
  }
}
