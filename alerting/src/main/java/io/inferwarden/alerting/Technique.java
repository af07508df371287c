package io.inferwarden.alerting;

/**
 * An entry of a public threat catalogue, so that a SIEM can file an incident under it.
 *
 * @param framework {@code atlas} (MITRE ATLAS), {@code owasp-ml} (OWASP Machine Learning Security
 *     Top 10) or {@code owasp-llm} (OWASP Top 10 for LLM Applications)
 * @param edition the edition in which the id means this; OWASP renumbers from edition to edition
 * @param id such as {@code AML.T0024.002} or {@code ML05}
 * @param name the entry's name in that edition
 */
public record Technique(String framework, String edition, String id, String name) {
  public Technique {
    Checks.notBlank("framework", framework);
    Checks.notBlank("edition", edition);
    Checks.notBlank("id", id);
    Checks.notBlank("name", name);
  }

  static Technique atlas(String id, String name) {
    return new Technique("atlas", "2026.09", id, name);
  }

  static Technique owaspMachineLearning(String id, String name) {
    return new Technique("owasp-ml", "2023", id, name);
  }

  static Technique owaspLanguageModels2026(String id, String name) {
    return new Technique("owasp-llm", "2026", id, name);
  }
}
