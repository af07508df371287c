package io.inferwarden.app.policy;

import io.inferwarden.alerting.IncidentKind;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * A principal that is known to behave unusually in one way. Findings that its role explains are
 * recorded and open no incident; it is watched for everything else.
 *
 * @param principal its name in the events
 * @param role what it is
 * @param owner who answers for it: a person or, better, a team
 * @param until the first day, in UTC and by the time of the events, on which the entry explains
 *     nothing any more; empty when it never ends
 * @param reason why it was agreed, for whoever audits the policy
 */
public record DeclaredPrincipal(
    String principal, Role role, String owner, Optional<LocalDate> until, String reason) {
  public DeclaredPrincipal {
    Rule.notBlank().require("declared.principal", principal);
    Rule.notBlank().require("declared.owner", owner);
    Rule.notBlank().require("declared.reason", reason);
  }

  /** Whether the entry explains findings of the kind at that event time. */
  public boolean explains(IncidentKind kind, long atMillis) {
    return role.explains(kind) && isInForceAt(atMillis);
  }

  private boolean isInForceAt(long atMillis) {
    return until.isEmpty()
        || atMillis < until.get().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** Whether the two say the same of one principal, so that one of them is too many. */
  boolean repeats(DeclaredPrincipal other) {
    return principal.equals(other.principal) && role == other.role;
  }
}
