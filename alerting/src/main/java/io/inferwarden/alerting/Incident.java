package io.inferwarden.alerting;

import java.util.List;
import java.util.TreeSet;

/**
 * What people see: everything found so far about one subject, model and kind, where all kinds of
 * abuse count as one. An incident is never changed; news about it is the same id with a greater
 * revision.
 *
 * @param id stable through all revisions, see {@link IncidentId}
 * @param revision 1 when it opens, greater by one with every change
 * @param state whether it goes on
 * @param handling what time and people have done to it
 * @param subject whom it is about: {@code principal:}, {@code campaign:}, {@code model:} or {@code
 *     fleet:} and the name, or what a cohort has in common, such as {@code prefix:}
 * @param model the model concerned; {@link Finding#ANY_MODEL} for a fleet
 * @param version the model version of the latest finding; empty when the events name none
 * @param kind what happened; that of the finding it shows, so abuse may get a clearer name in time
 * @param severity the gravest of its findings
 * @param openedAtMillis event time of the finding that opened it, milliseconds since the epoch
 * @param lastSeenAtMillis event time of the latest finding, milliseconds since the epoch
 * @param onsetMillis when it began, as far as the evidence tells, milliseconds since the epoch
 * @param findings how many findings it holds
 * @param events how many of the subject's events were judged so far
 * @param level the evidence level of its strongest finding, at least 0; of its latest where the
 *     kind {@link IncidentKind#tellsTheLatest}
 * @param chanceOnceInMillis how sure that finding is: the event time in which chance alone would
 *     raise it once, milliseconds; {@link Chance#UNKNOWN} when nobody can say
 * @param evidence the reasons given by that finding, the strongest first; their shares sum to 1 at
 *     most
 * @param models all models concerned, where there are several; sorted, without repetition
 * @param members of a campaign, as its latest finding names them, with the time at which each was
 *     named first, in that order; empty where there is only one subject
 * @param memberCount how many members there are, those included that are not named
 * @param title one line in plain words
 * @param summary two or three sentences in plain words
 */
public record Incident(
    String id,
    long revision,
    IncidentState state,
    Handling handling,
    String subject,
    String model,
    String version,
    IncidentKind kind,
    Severity severity,
    long openedAtMillis,
    long lastSeenAtMillis,
    long onsetMillis,
    long findings,
    long events,
    double level,
    long chanceOnceInMillis,
    List<Evidence> evidence,
    List<String> models,
    List<Member> members,
    long memberCount,
    String title,
    String summary) {

  public Incident {
    Checks.notBlank("id", id);
    Checks.atLeast("revision", revision, 1);
    Checks.notBlank("subject", subject);
    Checks.notBlank("model", model);
    Checks.atLeast("openedAtMillis", openedAtMillis, 0);
    Checks.atLeast("lastSeenAtMillis", lastSeenAtMillis, openedAtMillis);
    Checks.atLeast("onsetMillis", onsetMillis, 0);
    Checks.atLeast("findings", findings, 1);
    Checks.atLeast("events", events, 0);
    level = Checks.level(level);
    Checks.atLeast("chanceOnceInMillis", chanceOnceInMillis, Chance.UNKNOWN);
    evidence = Evidence.checked(evidence);
    models = List.copyOf(new TreeSet<>(models));
    members = Checks.members(members, memberCount);
    Checks.notBlank("title", title);
    Checks.notBlank("summary", summary);
  }

  /** Where public threat catalogues file it; empty when it need not be an attack. */
  public List<Technique> techniques() {
    return kind.techniques();
  }

  /** Whether it is worth waking someone. */
  public boolean pages() {
    return kind.pages();
  }

  /** Whether it goes on, as far as anybody can tell. */
  public boolean isOpen() {
    return state != IncidentState.RESOLVED;
  }

  /** What this revision tells that the one before did not. */
  public IncidentChange change() {
    return handling.change();
  }

  /** The next revision: the same incident, in another state. */
  public Incident next(IncidentState nextState, Handling nextHandling) {
    return new Incident(
        id,
        revision + 1,
        nextState,
        nextHandling,
        subject,
        model,
        version,
        kind,
        severity,
        openedAtMillis,
        lastSeenAtMillis,
        onsetMillis,
        findings,
        events,
        level,
        chanceOnceInMillis,
        evidence,
        models,
        members,
        memberCount,
        title,
        summary);
  }

  /** The same revision in other words. */
  public Incident worded(String newTitle, String newSummary) {
    return new Incident(
        id,
        revision,
        state,
        handling,
        subject,
        model,
        version,
        kind,
        severity,
        openedAtMillis,
        lastSeenAtMillis,
        onsetMillis,
        findings,
        events,
        level,
        chanceOnceInMillis,
        evidence,
        models,
        members,
        memberCount,
        newTitle,
        newSummary);
  }
}
