package io.inferwarden.alerting.sink.siem;

import io.inferwarden.alerting.Incident;

/**
 * What an incident is about.
 *
 * @param type such as {@code principal}, {@code campaign} or {@code model}
 * @param name the rest of the subject, after the type and a colon
 */
record Subject(String type, String name) {
  private static final String PRINCIPAL = "principal";
  private static final String MODEL = "model";

  static Subject of(Incident incident) {
    String subject = incident.subject();
    int colon = subject.indexOf(':');
    return colon > 0 && colon + 1 < subject.length()
        ? new Subject(subject.substring(0, colon), subject.substring(colon + 1))
        : new Subject("subject", subject);
  }

  boolean isPrincipal() {
    return type.equals(PRINCIPAL);
  }

  boolean isModel() {
    return type.equals(MODEL);
  }
}
