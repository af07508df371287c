package io.inferwarden.ingest.collector;

/** Carries the outcome of a body that is not taken; it has no stack trace. */
final class RefusedBody extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Outcome outcome;

  RefusedBody(int status, String problem, String message) {
    this(Outcome.problem(status, problem, message));
  }

  RefusedBody(Outcome outcome) {
    super(outcome.problem(), null, false, false);
    this.outcome = outcome;
  }

  static RefusedBody tooManyBytes(long limit) {
    return new RefusedBody(
        413, "too_large", "expected a body of at most " + limit + " bytes, found more");
  }

  static RefusedBody noMemory() {
    return new RefusedBody(
        Outcome.problem(
            429, "too_many_bytes", "too much is being read from everybody together", 1));
  }

  Outcome outcome() {
    return outcome;
  }
}
