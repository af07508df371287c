package io.inferwarden.ingest.source.otlp;

/** The two kinds of OTLP bodies, which are built alike. */
enum Signal {
  TRACES("resourceSpans", "scopeSpans", "spans", "span"),
  LOGS("resourceLogs", "scopeLogs", "logRecords", "log record");

  private final String resources;
  private final String scopes;
  private final String records;
  private final String word;

  Signal(String resources, String scopes, String records, String word) {
    this.resources = resources;
    this.scopes = scopes;
    this.records = records;
    this.word = word;
  }

  /** Name of the outermost array. */
  String resources() {
    return resources;
  }

  /** Name of the array within an element of {@link #resources}. */
  String scopes() {
    return scopes;
  }

  /** Name of the array within an element of {@link #scopes}. */
  String records() {
    return records;
  }

  /** What one record is called, for people. */
  String word() {
    return word;
  }
}
