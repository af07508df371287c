package io.inferwarden.alerting;

import java.time.Instant;
import java.util.List;

/** Findings and incidents for tests. */
public final class Examples {
  public static final long AT = Instant.parse("2026-03-02T14:02:00Z").toEpochMilli();
  public static final long MINUTE = 60_000;

  private Examples() {}

  public static Evidence probing() {
    return Evidence.ofPrincipal("probing", 0.63, "in the most extreme 1 %", 0.01, 0.41);
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

  public static Incident incident(String subject, long revision) {
    return incident(subject, revision, IncidentState.OPEN, List.of(probing()));
  }

  public static Incident incident(
      String subject, long revision, IncidentState state, List<Evidence> evidence) {
    return new Incident(
        IncidentId.of(subject, "fraud-scorer", IncidentKind.EXTRACTION, AT),
        revision,
        state,
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
        "Model abuse",
        "It looks like abuse.");
  }
}
