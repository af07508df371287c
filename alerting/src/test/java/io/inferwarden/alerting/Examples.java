package io.inferwarden.alerting;

import io.inferwarden.alerting.feed.IncidentLedger;
import io.inferwarden.alerting.outbox.Notification;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Findings and incidents for tests. */
public final class Examples {
  public static final long AT = Instant.parse("2026-03-02T14:02:00Z").toEpochMilli();
  public static final long MINUTE = 60_000;

  private Examples() {}

  public static Evidence probing() {
    return Evidence.ofPrincipal("probing", 0.63, "in the most extreme 1 %", 0.01, 0.41);
  }

  /** A number that moved, with a histogram of four bins; total variation 0.24. */
  public static Change ageChange() {
    return Change.ofNumbers(
        0.24,
        6.1,
        41,
        47.1,
        List.of(
            new HistogramBin("below 17 (never seen)", 0, 0.05, 0.1),
            new HistogramBin("age 17 to 44", 0.86, 0.62, 0.4),
            new HistogramBin("age 44 to 52", 0.12, 0.31, 0.5),
            new HistogramBin("missing", 0.02, 0.02)));
  }

  public static Evidence age() {
    return Evidence.ofModel("age", 0.63, "age 44 to 52", 0.12, 0.31, ageChange());
  }

  /** A finding with everything that one can hold. */
  public static Finding drift(IncidentKind kind, String version, long atMillis, double level) {
    return new Finding(
        "model:fraud-scorer",
        "fraud-scorer",
        version,
        kind,
        kind.severity(),
        atMillis,
        atMillis - 90 * MINUTE,
        4100,
        level,
        Chance.onceInMillis(level, 1e-4, 60 * MINUTE),
        List.of(age(), Evidence.ofPrincipal("gap", 0.1, "a short gap", 0.1, 0.2)),
        List.of());
  }

  public static Finding finding(String subject, long atMillis, double level) {
    return new Finding(
        subject,
        "fraud-scorer",
        "7",
        IncidentKind.EXTRACTION,
        Severity.HIGH,
        atMillis,
        atMillis - MINUTE,
        41,
        level,
        List.of(probing()));
  }

  /** A campaign's finding, which names its members at its own time. */
  public static Finding campaign(IncidentKind kind, long atMillis, double level, String... names) {
    List<Member> members =
        Arrays.stream(names).map(name -> new Member(name, atMillis, 12, 0.975)).toList();
    return campaign(kind, atMillis, level, members, members.size());
  }

  public static Finding campaign(
      IncidentKind kind, long atMillis, double level, List<Member> members, long memberCount) {
    return new Finding(
        "campaign:c01",
        "fraud-scorer",
        "7",
        kind,
        SeverityRule.of(kind, memberCount),
        atMillis,
        atMillis - MINUTE,
        600,
        level,
        Chance.UNKNOWN,
        List.of(probing()),
        List.of(),
        members,
        memberCount);
  }

  /** The incident that a finding opens. */
  public static Incident opened(Finding finding) {
    return new IncidentLedger().hear(null, finding).get(0);
  }

  /** The news of a revision for a sink. */
  public static Notification notification(Incident incident) {
    return Notification.ofChange(incident, "soc", "default", AT);
  }

  public static Incident incident(String subject, long revision) {
    return incident(subject, revision, IncidentState.OPEN, List.of(probing()));
  }

  public static Incident incident(
      String subject, long revision, IncidentState state, List<Evidence> evidence) {
    return new Incident(
        IncidentId.of(subject, "fraud-scorer", IncidentKind.EXTRACTION, AT),
        revision,
        state,
        state == IncidentState.RESOLVED ? Handling.OPENED.resolved(AT) : Handling.OPENED,
        subject,
        "fraud-scorer",
        "7",
        IncidentKind.EXTRACTION,
        Severity.HIGH,
        AT,
        AT,
        AT - MINUTE,
        1,
        41,
        2.5,
        Chance.UNKNOWN,
        evidence,
        List.of(),
        List.of(),
        0,
        "Model abuse",
        "It looks like abuse.");
  }
}
