package io.inferwarden.alerting.feed;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentId;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rule by which findings become incidents: one incident for a subject, model and kind, which
 * lasts as long as findings follow each other within the quiet period of event time. A pure
 * function: the caller keeps the latest incident under {@link #key}.
 *
 * <p>Within an incident the id and the opening time never change, the revision grows by one with
 * every change, and neither the latest time, the severity, the level nor the number of events ever
 * goes down, in whatever order findings arrive.
 */
public final class IncidentLedger {
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
    return key(finding.subject(), finding.model(), finding.kind());
  }

  /** Under which an incident is kept; the same as that of its findings. */
  public static String key(Incident incident) {
    return key(incident.subject(), incident.model(), incident.kind());
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
        incident.evidence(),
        incident.title(),
        incident.summary());
  }

  private static Incident opened(Finding finding) {
    long onset = Math.min(finding.onsetMillis(), finding.atMillis());
    return new Incident(
        IncidentId.of(finding.subject(), finding.model(), finding.kind(), finding.atMillis()),
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
        finding.evidence(),
        IncidentWording.title(finding.kind(), finding.subject(), finding.model()),
        summary(finding, onset, finding.events(), finding.evidence()));
  }

  private static Incident updated(Incident current, Finding finding) {
    boolean isLatest = finding.atMillis() >= current.lastSeenAtMillis();
    boolean isStrongest = finding.level() >= current.level();
    List<Evidence> evidence = isStrongest ? finding.evidence() : current.evidence();
    long onset = Math.min(current.onsetMillis(), finding.onsetMillis());
    long events = Math.max(current.events(), finding.events());
    return new Incident(
        current.id(),
        current.revision() + 1,
        IncidentState.OPEN,
        current.subject(),
        current.model(),
        isLatest ? finding.version() : current.version(),
        current.kind(),
        current.severity().or(finding.severity()),
        current.openedAtMillis(),
        Math.max(current.lastSeenAtMillis(), finding.atMillis()),
        onset,
        current.findings() + 1,
        events,
        Math.max(current.level(), finding.level()),
        evidence,
        current.title(),
        summary(finding, onset, events, evidence));
  }

  private static String summary(Finding finding, long onset, long events, List<Evidence> evidence) {
    return IncidentWording.summary(
        finding.kind(), finding.subject(), finding.model(), onset, events, evidence);
  }

  private static String key(String subject, String model, IncidentKind kind) {
    return escaped(subject) + "|" + escaped(model) + "|" + kind.code();
  }

  /** Keeps the separator out of names, so that no two subjects share a key. */
  private static String escaped(String name) {
    return name.replace("%", "%25").replace("|", "%7C");
  }
}
