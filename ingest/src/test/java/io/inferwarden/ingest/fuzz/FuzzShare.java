package io.inferwarden.ingest.fuzz;

import java.util.Locale;

/**
 * How many of the inputs each parser gets: the dear ones fewer. The system property {@code
 * inferwarden.fuzz.inputs} says how many all get together.
 */
public enum FuzzShare {
  EVENT_PARSER(230_000),
  EVENT_PARSER_KEYED(70_000),
  PRIVACY_DOOR(40_000),
  EVENT_LINES(80_000),
  OTLP_TRACES(90_000),
  OTLP_LOGS(60_000),
  KSERVE(50_000),
  LITELLM(55_000),
  ENVOY(60_000),
  BINARY_EVENTS(120_000),
  DEPLOYMENTS(30_000),
  FEEDBACK(30_000),
  GZIP(5_000),
  ZSTD(5_000),
  AUDIT_RECORDS(40_000),
  AUDIT_LOGS(2_000),
  SPOOLED_BATCHES(80_000),
  SPOOL_SEGMENTS(8_000);

  private final int usualInputs;

  FuzzShare(int usualInputs) {
    this.usualInputs = usualInputs;
  }

  /** The name of its folder in the corpus. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Inputs to make in this run. */
  long inputs() {
    long usual = usualTotal();
    long total = Long.getLong("inferwarden.fuzz.inputs", usual);
    return Math.max(1, Math.round((double) usualInputs * total / usual));
  }

  /** Inputs of all parsers together where nobody says otherwise. */
  static long usualTotal() {
    long total = 0;
    for (FuzzShare share : values()) {
      total += share.usualInputs;
    }
    return total;
  }
}
