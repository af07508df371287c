package io.inferwarden.k8s.dashboards;

/**
 * A PromQL expression and what its series are called.
 *
 * @param expression PromQL with Grafana's variables
 * @param legend with {@code {{label}}} for values of labels
 * @param latestOnly whether only the latest value is asked for
 */
record Query(String expression, String legend, boolean latestOnly) {
  private static final String HERE = "job=~\"$job\", instance=~\"$instance\"";

  Query {
    if (expression.isBlank() || legend.isBlank()) {
      throw new IllegalArgumentException(
          "expression and legend must not be blank, were '" + expression + "', '" + legend + "'");
    }
    if (expression.contains("@")) {
      throw new IllegalArgumentException("unknown placeholder in " + expression);
    }
  }

  /**
   * A query whose expression is written short: {@code @here} stands for the chosen jobs and
   * instances, {@code @model} for those and the chosen models.
   */
  static Query of(String shortened, String legend) {
    return new Query(expand(shortened), legend, false);
  }

  Query latest() {
    return new Query(expression, legend, true);
  }

  static String expand(String shortened) {
    return shortened.replace("@model", HERE + ", model=~\"$model\"").replace("@here", HERE);
  }
}
