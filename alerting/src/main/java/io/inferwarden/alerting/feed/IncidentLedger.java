package io.inferwarden.alerting.feed;

import io.inferwarden.alerting.Acknowledgement;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentId;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
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
 *
 * <p>An incident is over at its latest finding plus the quiet period. What is found within the
 * cooldown after that opens it again, and with every such return the quiet period doubles, up to
 * {@value #MOST_DOUBLINGS} times, so that what flaps is told ever less often. What somebody has
 * judged to be false or benign is over at once; what is found later within the quiet period is
 * counted in silence, until it becomes graver, or another signal of a model leads.
 */
public final class IncidentLedger {
  /** How long nothing must be found before an incident is over, unless told otherwise. */
  public static final Duration DEFAULT_QUIET_PERIOD = Duration.ofHours(24);

  /** How soon after its end an incident comes back rather than anew, unless told otherwise. */
  public static final Duration DEFAULT_COOLDOWN = Duration.ofHours(1);

  /** How often the quiet period doubles. */
  static final int MOST_DOUBLINGS = 3;

  /** Stands in a key for every kind that accuses somebody. */
  private static final String ABUSE = "abuse";

  private final long quietMillis;
  private final long cooldownMillis;

  public IncidentLedger() {
    this(DEFAULT_QUIET_PERIOD, DEFAULT_COOLDOWN);
  }

  /**
   * @param quietPeriod event time without a finding after which an incident is over, above 0
   * @param cooldown event time after its end within which it comes back, at least 0
   */
  public IncidentLedger(Duration quietPeriod, Duration cooldown) {
    if (quietPeriod.isNegative() || quietPeriod.isZero()) {
      throw new IllegalArgumentException("quietPeriod must be > 0, was " + quietPeriod);
    }
    if (cooldown.isNegative()) {
      throw new IllegalArgumentException("cooldown must be >= 0, was " + cooldown);
    }
    this.quietMillis = quietPeriod.toMillis();
    this.cooldownMillis = cooldown.toMillis();
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
   * What a finding makes of the current incident: the revisions to publish, in order; the last one
   * is the current incident from then on. An open incident that is over by then is resolved first.
   */
  public List<Incident> hear(@Nullable Incident current, Finding finding) {
    if (current == null) {
      return List.of(opened(finding));
    }
    if (!key(current).equals(key(finding))) {
      throw new IllegalArgumentException(
          "finding must have the incident's key " + key(current) + ", had " + key(finding));
    }
    if (current.isOpen()) {
      return isOver(current, finding.atMillis())
          ? List.of(resolve(current), afterItsEnd(resolve(current), finding))
          : List.of(
              updated(
                  current, finding, toldOfOpen(current, finding), stateOfOpen(current, finding)));
    }
    return List.of(afterItsEnd(current, finding));
  }

  /** The resolved incident come back, counted in silence, or a new one in its place. */
  private Incident afterItsEnd(Incident resolved, Finding finding) {
    if (isDismissed(resolved) && !isOver(resolved, finding.atMillis())) {
      return isGraver(resolved, finding) || isOfAnotherSignal(resolved, finding)
          ? updated(resolved, finding, resolved.handling().reopened(), IncidentState.OPEN)
          : updated(
              resolved,
              finding,
              resolved.handling().told(IncidentChange.UPDATED),
              IncidentState.RESOLVED);
    }
    return finding.atMillis() - resolved.handling().resolvedAtMillis() <= cooldownMillis
        ? updated(resolved, finding, resolved.handling().reopened(), IncidentState.OPEN)
        : opened(finding);
  }

  private static Handling toldOfOpen(Incident current, Finding finding) {
    return isGraver(current, finding)
        ? current.handling().escalated()
        : current.handling().told(IncidentChange.UPDATED);
  }

  /** What is acknowledged stays so until it becomes graver; what was blind can be seen again. */
  private static IncidentState stateOfOpen(Incident current, Finding finding) {
    boolean isLookedAfter =
        current.handling().acknowledgement() != null && !isGraver(current, finding);
    return isLookedAfter ? IncidentState.ACKNOWLEDGED : IncidentState.OPEN;
  }

  private static boolean isGraver(Incident current, Finding finding) {
    return finding.severity().compareTo(current.severity()) > 0
        || (finding.kind().pages() && !current.kind().pages());
  }

  /** What somebody dismissed of a model was one signal's change; that of another one is news. */
  private static boolean isOfAnotherSignal(Incident current, Finding finding) {
    return !finding.kind().accuses()
        && !current.evidence().isEmpty()
        && !finding.evidence().isEmpty()
        && !finding.evidence().get(0).signal().equals(current.evidence().get(0).signal());
  }

  /** Whether somebody said that there is nothing to look after. */
  private static boolean isDismissed(Incident incident) {
    Judgement judgement = incident.handling().judgement();
    return judgement != null && judgement.verdict() != IncidentVerdict.TRUE_POSITIVE;
  }

  /** Whether at that event time nothing was found for the whole quiet period. */
  public boolean isOver(Incident incident, long atMillis) {
    return atMillis > overAtMillis(incident);
  }

  /** Event time at which the incident is over, if nothing more is found. */
  private long overAtMillis(Incident incident) {
    int doublings = Math.min(incident.handling().reopenings(), MOST_DOUBLINGS);
    return incident.lastSeenAtMillis() + (quietMillis << doublings);
  }

  /**
   * The incident with its next revision, blind: it would be over, but what it is about cannot be
   * judged. One that already is comes back unchanged.
   */
  public Incident blind(Incident incident) {
    return incident.state() == IncidentState.BLIND
        ? incident
        : incident.next(IncidentState.BLIND, incident.handling().told(IncidentChange.BLINDED));
  }

  /** The incident with its next revision, resolved; one that already is comes back unchanged. */
  public Incident resolve(Incident incident) {
    return incident.isOpen()
        ? incident.next(
            IncidentState.RESOLVED, incident.handling().resolved(overAtMillis(incident)))
        : incident;
  }

  /**
   * The incident with its next revision, acknowledged; null when it is over, or when the same
   * person has acknowledged it before.
   */
  public @Nullable Incident acknowledge(Incident incident, Acknowledgement by) {
    Acknowledgement before = incident.handling().acknowledgement();
    boolean isNews = before == null || !before.by().equals(by.by());
    return incident.isOpen() && isNews
        ? incident.next(IncidentState.ACKNOWLEDGED, incident.handling().acknowledged(by))
        : null;
  }

  /** The incident with its next revision, judged; what is false or benign is over with that. */
  public Incident judge(Incident incident, Judgement by) {
    Handling judged = incident.handling().judged(by);
    if (by.verdict() == IncidentVerdict.TRUE_POSITIVE || !incident.isOpen()) {
      return incident.next(incident.state(), judged);
    }
    Handling over = incident.handling().resolved(incident.lastSeenAtMillis()).judged(by);
    return incident.next(IncidentState.RESOLVED, over);
  }

  private static Incident opened(Finding finding) {
    long onset = Math.min(finding.onsetMillis(), finding.atMillis());
    Incident incident =
        new Incident(
            IncidentId.of(finding),
            1,
            IncidentState.OPEN,
            Handling.OPENED,
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

  private static Incident updated(
      Incident current, Finding finding, Handling handling, IncidentState state) {
    boolean isLatest = finding.atMillis() >= current.lastSeenAtMillis();
    boolean isShown = isShown(current, finding, isLatest);
    boolean namesMembers = CampaignMembers.areTakenFrom(finding, current);
    Incident incident =
        new Incident(
            current.id(),
            current.revision() + 1,
            state,
            handling,
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
