package io.inferwarden.alerting;

/**
 * The names of all fields in the JSON of findings and incidents. They are public API: a name is
 * added, but never changed or given another meaning without a new {@code schemaVersion}.
 */
public final class JsonNames {
  public static final String SCHEMA_VERSION = "schemaVersion";
  public static final String ID = "id";
  public static final String REVISION = "revision";
  public static final String STATE = "state";

  /** What the revision tells; within {@link #EVIDENCE}, how big the change of a signal is. */
  public static final String CHANGE = "change";

  public static final String RESOLVED_AT = "resolvedAt";
  public static final String REOPENINGS = "reopenings";
  public static final String ACKNOWLEDGEMENT = "acknowledgement";
  public static final String JUDGEMENT = "judgement";
  public static final String SUBJECT = "subject";
  public static final String MODEL = "model";
  public static final String VERSION = "version";
  public static final String KIND = "kind";
  public static final String SEVERITY = "severity";
  public static final String PAGES = "pages";
  public static final String TITLE = "title";
  public static final String SUMMARY = "summary";
  public static final String WHAT_TO_DO = "whatToDo";
  public static final String RUNBOOK = "runbook";
  public static final String AT_MILLIS = "atMillis";
  public static final String ONSET_MILLIS = "onsetMillis";
  public static final String OPENED_AT = "openedAt";
  public static final String LAST_SEEN_AT = "lastSeenAt";
  public static final String ONSET_AT = "onsetAt";
  public static final String FINDINGS = "findings";
  public static final String EVENTS = "events";
  public static final String LEVEL = "level";
  public static final String CHANCE_ONCE_IN_MILLIS = "chanceOnceInMillis";
  public static final String HOW_SURE = "howSure";
  public static final String EVIDENCE = "evidence";
  public static final String MODELS = "models";
  public static final String MEMBERS = "members";
  public static final String MEMBER_COUNT = "memberCount";
  public static final String TECHNIQUES = "techniques";

  /** Within {@link #EVIDENCE}. */
  public static final String SIGNAL = "signal";

  public static final String SHARE = "share";
  public static final String DESCRIPTION = "description";
  public static final String EXPECTED = "expected";
  public static final String OBSERVED = "observed";
  public static final String SENTENCE = "sentence";

  /** Within {@link #CHANGE} of {@link #EVIDENCE}. */
  public static final String TOTAL_VARIATION = "totalVariation";

  public static final String SHIFT = "shift";
  public static final String USUAL_MEDIAN = "usualMedian";
  public static final String RECENT_MEDIAN = "recentMedian";
  public static final String HISTOGRAM = "histogram";

  /** Within {@link #HISTOGRAM}, beside {@link #EXPECTED} and {@link #OBSERVED}. */
  public static final String BIN = "bin";

  public static final String CONTRIBUTION = "contribution";

  /** Within {@link #MEMBERS}, beside {@link #EVENTS}. */
  public static final String PRINCIPAL = "principal";

  public static final String SINCE = "since";
  public static final String CONFIDENCE = "confidence";

  /** Within {@link #ACKNOWLEDGEMENT} and {@link #JUDGEMENT}. */
  public static final String BY = "by";

  public static final String AT = "at";
  public static final String NOTE = "note";
  public static final String VERDICT = "verdict";

  /** Within {@link #TECHNIQUES}. */
  public static final String FRAMEWORK = "framework";

  public static final String EDITION = "edition";
  public static final String NAME = "name";

  /** What a message that must stay small says it left out. */
  public static final String EVIDENCE_OMITTED = "evidenceOmitted";

  public static final String HISTOGRAMS_OMITTED = "histogramsOmitted";
  public static final String MODELS_OMITTED = "modelsOmitted";
  public static final String MEMBERS_OMITTED = "membersOmitted";

  private JsonNames() {}
}
