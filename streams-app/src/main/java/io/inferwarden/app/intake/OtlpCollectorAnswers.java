package io.inferwarden.app.intake;

import io.inferwarden.ingest.collector.Answer;
import io.inferwarden.ingest.collector.Answers;
import io.inferwarden.ingest.collector.Outcome;
import io.inferwarden.ingest.collector.PlacedRejection;
import io.inferwarden.ingest.source.otlp.OtlpAnswers;

/**
 * Answers that exporters of OpenTelemetry understand: 200 for what was taken, with the number of
 * rejected spans or log records and the first reason; a status of gRPC for what was not taken at
 * all.
 */
final class OtlpCollectorAnswers implements Answers {
  private static final int OK = 200;
  private static final int LEAST_ERROR = 400;

  private final Encoder encoder;

  private OtlpCollectorAnswers(Encoder encoder) {
    this.encoder = encoder;
  }

  private interface Encoder {
    byte[] encode(String contentType, long rejected, String message);
  }

  static Answers ofTraces() {
    return new OtlpCollectorAnswers(OtlpAnswers::traces);
  }

  static Answers ofLogs() {
    return new OtlpCollectorAnswers(OtlpAnswers::logs);
  }

  @Override
  public Answer of(Outcome outcome, String contentType) {
    String type = OtlpAnswers.contentType(contentType);
    String message = message(outcome);
    return outcome.status() < LEAST_ERROR
        ? new Answer(OK, type, encoder.encode(contentType, outcome.rejected(), message))
        : new Answer(outcome.status(), type, OtlpAnswers.failure(contentType, message));
  }

  private static String message(Outcome outcome) {
    if (outcome.errors().isEmpty()) {
      return outcome.message();
    }
    PlacedRejection first = outcome.errors().get(0);
    return first.place() + ": " + first.rejection().message();
  }
}
