package io.inferwarden.ingest.collector.log;

import java.util.Locale;

/** What became of a transaction. */
enum TransactionOutcome {
  /** All of it is in the topics. */
  COMMITTED,
  /** Nothing of it is or will be in the topics. */
  ABORTED,
  /** As aborted, since a record is larger than its topic takes. */
  TOO_LARGE,
  /** Kafka was asked to commit and did not say whether it has. */
  UNKNOWN;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
