package io.inferwarden.k8s.dashboards;

/** How a panel shows its values. */
enum View {
  /** Lines over time. */
  TIME_SERIES("timeseries", 8),
  /** The latest values as large figures. */
  FIGURE("stat", 4),
  /** The latest values as bars, the largest first where the query sorts them. */
  BARS("bargauge", 8);

  private final String code;
  private final int height;

  View(String code, int height) {
    this.code = code;
    this.height = height;
  }

  String code() {
    return code;
  }

  /** In units of Grafana's grid. */
  int height() {
    return height;
  }
}
