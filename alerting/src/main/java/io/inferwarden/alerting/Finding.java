package io.inferwarden.alerting;

import java.util.List;

/**
 * One stream's alarm: its evidence passed what the stream may spend of the alarm budget. Findings
 * about the same subject become one {@link Incident}.
 *
 * @param subject whom it is about: {@code principal:} or {@code model:} and the name
 * @param model the model whose events were judged
 * @param version the model version; empty when the events name none
 * @param kind what the alarm claims
 * @param severity how much it matters
 * @param atMillis event time of the alarm, milliseconds since the epoch
 * @param onsetMillis when the change began, as far as the evidence tells, milliseconds since the
 *     epoch; an estimate, which may lie after {@code atMillis} when events come out of order
 * @param events how many of the subject's events were judged so far
 * @param level how much evidence there is, at least 0: the stream's evidence in units of its alarm
 *     level, so an alarm has 1 or more; infinity is kept as {@link Double#MAX_VALUE}
 * @param evidence the reasons, the strongest first
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
    List<Evidence> evidence) {

  public Finding {
    Checks.notBlank("subject", subject);
    Checks.notBlank("model", model);
    Checks.atLeast("atMillis", atMillis, 0);
    Checks.atLeast("onsetMillis", onsetMillis, 0);
    Checks.atLeast("events", events, 0);
    level = Checks.level(level);
    evidence = List.copyOf(evidence);
  }
}
