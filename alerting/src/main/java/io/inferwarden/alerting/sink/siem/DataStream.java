package io.inferwarden.alerting.sink.siem;

/**
 * The name of a data stream of Elasticsearch: {@code logs-DATASET-NAMESPACE}.
 *
 * @param dataset such as {@code inferwarden.alerts}
 * @param namespace such as {@code default}
 */
public record DataStream(String dataset, String namespace) {
  /** {@code logs-inferwarden.alerts-default}. */
  public static final DataStream DEFAULT = new DataStream("inferwarden.alerts", "default");

  static final String TYPE = "logs";

  private static final String PART = "[a-z0-9][a-z0-9._]{0,99}";

  public DataStream {
    check("dataset", dataset);
    check("namespace", namespace);
  }

  /** Throws {@link IllegalArgumentException} when the text is no such name. */
  public static DataStream parse(String name) {
    String[] parts = name.split("-", -1);
    if (parts.length != 3 || !parts[0].equals(TYPE)) {
      throw new IllegalArgumentException("data stream must be logs-DATASET-NAMESPACE, was " + name);
    }
    return new DataStream(parts[1], parts[2]);
  }

  /** The whole name. */
  public String name() {
    return TYPE + "-" + dataset + "-" + namespace;
  }

  private static void check(String what, String part) {
    if (!part.matches(PART)) {
      throw new IllegalArgumentException(
          what + " of a data stream must match " + PART + ", was " + part);
    }
  }
}
