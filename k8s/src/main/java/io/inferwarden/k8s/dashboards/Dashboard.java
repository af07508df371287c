package io.inferwarden.k8s.dashboards;

import java.util.List;

/**
 * A page of Grafana.
 *
 * @param name of its file, and the end of its uid
 * @param description what it is for, in a sentence or two
 */
record Dashboard(
    String name,
    String title,
    String description,
    List<Annotation> annotations,
    List<Link> links,
    List<Row> rows) {
  private static final String UID_PREFIX = "inferwarden-";

  Dashboard {
    annotations = List.copyOf(annotations);
    links = List.copyOf(links);
    rows = List.copyOf(rows);
    if (!name.matches("[a-z]{1,20}")) {
      throw new IllegalArgumentException("name must be a short word, was " + name);
    }
    if (title.isBlank() || description.isBlank() || rows.isEmpty()) {
      throw new IllegalArgumentException("a page must have title, description and rows: " + name);
    }
  }

  /** The same on all pages, so that a choice goes with whoever follows a link. */
  List<Variable> variables() {
    return List.of(
        Variable.SOURCE,
        Variable.JOB,
        Variable.INSTANCE,
        Variable.MODEL,
        Variable.INCIDENTS,
        Variable.RUNBOOKS);
  }

  /** Stays the same for ever, so that links to the page hold. */
  String uid() {
    return uid(name);
  }

  static String uid(String name) {
    return UID_PREFIX + name;
  }
}
