package io.inferwarden.alerting.sink.chat;

/**
 * One thing that a message says of an incident.
 *
 * @param name in the platform's own words, such as {@code Since}
 * @param value one printable line, not escaped for any format
 */
record Fact(String name, String value) {
  static final String SEVERITY = "Severity";
  static final String KIND = "Kind";
  static final String WHO = "Who";
  static final String STATE = "State";
  static final String SINCE = "Since";
  static final String HOW_SURE = "How sure";
  static final String MODELS = "Models";
  static final String MEMBERS = "Members";
  static final String TECHNIQUE = "Technique";
  static final String VERDICT = "Verdict";
  static final String INCIDENT = "Incident";
}
