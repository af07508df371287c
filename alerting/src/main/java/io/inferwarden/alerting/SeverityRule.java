package io.inferwarden.alerting;

/**
 * How much a finding matters, from what it claims and how many take part. Every kind has a severity
 * of its own, {@link IncidentKind#severity()}. A campaign of at least {@value #CAMPAIGN_MEMBERS}
 * accounts is one step graver than the same by a single account, {@link Severity#CRITICAL} at most:
 * somebody has gone to the length of spreading the work, and no limit on one key stops it. Kinds
 * that accuse nobody have no members, so for them the number changes nothing.
 */
public final class SeverityRule {
  /** From how many members on a campaign is graver than its kind. */
  public static final int CAMPAIGN_MEMBERS = 10;

  private SeverityRule() {}

  /**
   * The severity of a finding.
   *
   * @param members how many accounts take part, at least 0; 0 or 1 where there is only one subject
   */
  public static Severity of(IncidentKind kind, long members) {
    Checks.atLeast("members", members, 0);
    boolean isGrave = kind.accuses() && members >= CAMPAIGN_MEMBERS;
    return isGrave ? kind.severity().oneGraver() : kind.severity();
  }
}
