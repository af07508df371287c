package io.inferwarden.ingest;

/** How long and how many the parts of an event may be; the published JSON Schema says the same. */
final class Limits {
  /** Unicode characters of an identifier: model, principal, label and their like. */
  static final int IDENTIFIER = 256;

  /** Unicode characters of a word of a small vocabulary: status, operation, finish reason. */
  static final int WORD = 64;

  /** Unicode characters of a feature's string value. */
  static final int FEATURE_WORD = 1024;

  static final int FEATURES = 2000;
  static final int SCORES = 10_000;
  static final int EMBEDDING = 16_384;

  private Limits() {}
}
