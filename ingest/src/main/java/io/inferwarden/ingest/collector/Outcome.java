package io.inferwarden.ingest.collector;

import java.util.List;

/**
 * How a request ended, before it is put into the words of its format.
 *
 * @param status of HTTP
 * @param problem why the request as a whole was not taken, in snake case; empty when its events
 *     were judged one by one
 * @param message what was expected and what was found; empty without a problem
 * @param retryAfterSeconds when to try again; 0 when that would not help
 * @param accepted events that are safe
 * @param rejected events that were not taken
 * @param skipped what is no inference
 * @param held halves that wait for the other half
 * @param errors the first rejections; {@code rejected} may be more
 */
public record Outcome(
    int status,
    String problem,
    String message,
    int retryAfterSeconds,
    int accepted,
    int rejected,
    int skipped,
    int held,
    List<PlacedRejection> errors) {
  private static final String OVER_QUOTA = "over_quota";

  public Outcome {
    errors = List.copyOf(errors);
  }

  /** A request that was not taken as a whole. */
  static Outcome problem(int status, String problem, String message) {
    return problem(status, problem, message, 0);
  }

  /** A request that was not taken as a whole, and may be later. */
  static Outcome problem(int status, String problem, String message, int retryAfterSeconds) {
    return new Outcome(status, problem, message, retryAfterSeconds, 0, 0, 0, 0, List.of());
  }

  /** A request of a client that has sent too much. */
  static Outcome overQuota(int retryAfterSeconds) {
    return problem(
        429,
        OVER_QUOTA,
        "the quota of this key is used up; nothing of this was taken",
        retryAfterSeconds);
  }

  boolean isOverQuota() {
    return problem.equals(OVER_QUOTA);
  }

  /** A request whose admitted events are safe. */
  static Outcome judged(int status, int accepted, Admission admission) {
    return new Outcome(
        status,
        "",
        "",
        0,
        accepted,
        admission.rejected(),
        admission.skipped(),
        admission.held(),
        admission.described());
  }
}
