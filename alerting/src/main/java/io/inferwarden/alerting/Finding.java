package io.inferwarden.alerting;

import java.util.List;
import java.util.TreeSet;

/**
 * One stream's alarm: its evidence passed what the stream may spend of the alarm budget. Findings
 * about the same subject become one {@link Incident}.
 *
 * @param subject whom it is about: {@code principal:}, {@code campaign:}, {@code model:} or {@code
 *     fleet:} and the name, or what a cohort has in common, such as {@code prefix:}
 * @param model the model whose events were judged; {@link #ANY_MODEL} for a fleet
 * @param version the model version; empty when the events name none
 * @param kind what the alarm claims
 * @param severity how much it matters
 * @param atMillis event time of the alarm, milliseconds since the epoch
 * @param onsetMillis when the change began, as far as the evidence tells, milliseconds since the
 *     epoch; an estimate, which may lie after {@code atMillis} when events come out of order
 * @param events how many of the subject's events were judged so far
 * @param level how much evidence there is, at least 0: the stream's evidence in units of its alarm
 *     level, so an alarm has 1 or more; infinity is kept as {@link Double#MAX_VALUE}
 * @param chanceOnceInMillis how sure it is: the event time in which chance alone would raise this
 *     once, milliseconds, see {@link Chance}; {@link Chance#UNKNOWN} when nobody can say
 * @param evidence the reasons, the strongest first; their shares sum to 1 at most
 * @param models the models concerned, where there are several; sorted, without repetition
 * @param members of a campaign, all that are known so far and none twice, in the order of naming;
 *     empty where there is only one subject. The first {@value Member#MOST_NAMED} are kept, fewer
 *     where their names are very long
 * @param memberCount how many members there are, those included that are not named
 */
public record Finding(
    String subject,
    String model,
    String version,
    IncidentKind kind,
    Severity severity,
    long atMillis,
    long onsetMillis,
    long events,
    double level,
    long chanceOnceInMillis,
    List<Evidence> evidence,
    List<String> models,
    List<Member> members,
    long memberCount) {
  /** Stands for the model where a finding is about several. */
  public static final String ANY_MODEL = "*";

  public Finding {
    Checks.notBlank("subject", subject);
    Checks.notBlank("model", model);
    Checks.atLeast("atMillis", atMillis, 0);
    Checks.atLeast("onsetMillis", onsetMillis, 0);
    Checks.atLeast("events", events, 0);
    level = Checks.level(level);
    Checks.atLeast("chanceOnceInMillis", chanceOnceInMillis, Chance.UNKNOWN);
    evidence = Evidence.checked(evidence);
    models = List.copyOf(new TreeSet<>(models));
    members = Checks.members(members, memberCount);
  }

  /** A finding about one subject, not a campaign. */
  public Finding(
      String subject,
      String model,
      String version,
      IncidentKind kind,
      Severity severity,
      long atMillis,
      long onsetMillis,
      long events,
      double level,
      long chanceOnceInMillis,
      List<Evidence> evidence,
      List<String> models) {
    this(
        subject,
        model,
        version,
        kind,
        severity,
        atMillis,
        onsetMillis,
        events,
        level,
        chanceOnceInMillis,
        evidence,
        models,
        List.of(),
        0);
  }

  /** A finding about one subject and one model at most, without a word on how sure it is. */
  public Finding(
      String subject,
      String model,
      String version,
      IncidentKind kind,
      Severity severity,
      long atMillis,
      long onsetMillis,
      long events,
      double level,
      List<Evidence> evidence) {
    this(
        subject,
        model,
        version,
        kind,
        severity,
        atMillis,
        onsetMillis,
        events,
        level,
        Chance.UNKNOWN,
        evidence,
        List.of());
  }
}
