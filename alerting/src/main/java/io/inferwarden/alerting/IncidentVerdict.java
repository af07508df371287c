package io.inferwarden.alerting;

/** What a person found an incident to be. */
public enum IncidentVerdict {
  /** It was what it claimed to be. */
  TRUE_POSITIVE("true"),
  /** Nothing had happened: a false alarm, which counts against the budget. */
  FALSE_POSITIVE("false"),
  /** Something had changed, and was meant to: the baseline should learn it. */
  BENIGN_CHANGE("benign");

  private final String code;

  IncidentVerdict(String code) {
    this.code = code;
  }

  /** The word used in JSON, in metrics and on the command line, such as {@code benign}. */
  public String code() {
    return code;
  }

  /** The verdict with the given code; an unknown code is an {@link IllegalArgumentException}. */
  public static IncidentVerdict ofCode(String code) {
    return Checks.ofCode("verdict", IncidentVerdict.class, IncidentVerdict::code, code);
  }
}
