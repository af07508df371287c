package io.inferwarden.k8s.dashboards;

/** What a value is measured in, by Grafana's own identifiers. */
enum Unit {
  /** Shortened with K and M. */
  COUNT("short"),
  /** A name or a state in words. */
  WORDS("none"),
  SECONDS("s"),
  BYTES("bytes"),
  /** From 0 to 1, shown in percent. */
  SHARE("percentunit"),
  EVENTS_PER_SECOND("eps"),
  REQUESTS_PER_SECOND("reqps"),
  PER_SECOND("cps");

  private final String code;

  Unit(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }
}
