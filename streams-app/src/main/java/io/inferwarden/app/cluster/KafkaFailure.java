package io.inferwarden.app.cluster;

import java.util.concurrent.ExecutionException;

/** What Kafka said when a call failed. */
final class KafkaFailure {
  private KafkaFailure() {}

  static String message(String what, ExecutionException failure) {
    Throwable cause = failure.getCause();
    return what + ": " + (cause == null ? failure.getMessage() : cause.getMessage());
  }
}
