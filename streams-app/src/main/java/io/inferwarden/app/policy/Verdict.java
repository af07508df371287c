package io.inferwarden.app.policy;

/** What the policy says of a finding about a principal. */
public enum Verdict {
  /** It becomes an incident, or part of one. */
  RAISE,

  /** The principal is declared in a role that explains this kind: recorded only. */
  EXPLAINED_BY_ROLE,

  /**
   * Its kind's weight asks for more evidence. Not recorded, and its stream must not restart: the
   * evidence that it has is what the next events build on.
   */
  BELOW_WEIGHT,

  /** It matters less than its kind must to be raised: recorded only. */
  BELOW_SEVERITY
}
