package io.inferwarden.k8s.dashboards;

/** A link to where one goes on; variables in its address are filled by Grafana. */
record Link(String title, String url) {
  Link {
    if (title.isBlank() || url.isBlank()) {
      throw new IllegalArgumentException("title and url must not be blank");
    }
  }

  /** A page of {@code docs/runbooks}, without its ending. */
  static Link runbook(String page) {
    return new Link("Runbook: " + page.replace('-', ' '), "${runbooks}/" + page + ".md");
  }

  /** The page of the model of the series that one clicks on. */
  static Link modelOfSeries() {
    return new Link(
        "Page of this model",
        "/d/"
            + Dashboard.uid(Dashboards.MODEL)
            + "?var-model="
            + ofSeries("model")
            + "&${datasource:queryparam}&${__url_time_range}");
  }

  /** The value of a label of the series that one clicks on. */
  static String ofSeries(String label) {
    return "${__field.labels." + label + "}";
  }

  /** Whether it leads on from one series, not from the panel. */
  boolean isOfSeries() {
    return url.contains("${__field.");
  }

  /** The API of incidents. */
  static Link incidents(String title, String filter) {
    return new Link(title, "${incidents}/api/v1/incidents?" + filter);
  }

  static Link deliveries(String title, String filter) {
    return new Link(title, "${incidents}/api/v1/deliveries?" + filter);
  }

  /** The same time and the same variables on another page. */
  static Link page(String title, String uid) {
    return new Link(title, "/d/" + uid);
  }
}
