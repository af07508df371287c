package io.inferwarden.ingest;

import java.util.Locale;
import java.util.Set;

/**
 * Why an event was not taken: the reason to count it by, the field at fault (dotted path, empty for
 * the whole document), and a message that says what was found and what would be right. The message
 * may quote what was sent, and so may the field where the sender chose its name: they are for the
 * sender. As text, a rejection says what may be logged: the reason, and the field if it is one of
 * the contract.
 */
public record RejectedEvent(Reason reason, String field, String message) {

  /** The kinds of rejection, few enough for a metric label. */
  public enum Reason {
    NOT_JSON,
    NOT_AN_OBJECT,
    EMPTY,
    TOO_LARGE,
    MISSING_FIELD,
    WRONG_TYPE,
    INVALID_VALUE,
    NOT_FINITE,
    TIME_TOO_OLD,
    TIME_IN_FUTURE,
    TOO_MANY_FEATURES,
    DUPLICATE_FIELD,
    DUPLICATE_ID,
    MODEL_NOT_ALLOWED,
    TRAILING_DATA;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The reason in snake case, as metrics and dead letters carry it. */
    public String code() {
      return code;
    }
  }

  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "time",
          "model",
          "version",
          "digest",
          "principal",
          "org",
          "ip",
          "network",
          "operation",
          "status",
          "latencyMs",
          "guard",
          "input",
          "input.features",
          "input.embedding",
          "input.text",
          "input.textLength",
          "input.textMeasures",
          "input.tokens",
          "input.fingerprint",
          "output",
          "output.label",
          "output.scores",
          "output.value",
          "output.text",
          "output.textLength",
          "output.textMeasures",
          "output.tokens",
          "output.finishReason");

  /** What may be logged, such as {@code wrong_type at input.features}: nothing that was sent. */
  @Override
  public String toString() {
    String known = knownField();
    return known.isEmpty() ? reason.code() : reason.code() + " at " + known;
  }

  /** The field as far as the contract names it: nothing that was sent. May be empty. */
  public String knownField() {
    String known = field;
    while (!known.isEmpty() && !FIELDS.contains(known)) {
      known = known.substring(0, Math.max(0, known.lastIndexOf('.')));
    }
    return known;
  }

  /** A rejection whose message is prefixed by the field, when there is one. */
  static RejectedEvent at(Reason reason, String field, String message) {
    return new RejectedEvent(reason, field, field.isEmpty() ? message : field + ": " + message);
  }

  /** The event carries an id that was seen within the window. */
  public static RejectedEvent duplicateId(String id) {
    return at(
        Reason.DUPLICATE_ID, "id", "expected an id not seen before, found " + Excerpt.quoted(id));
  }

  /** The event is longer than {@link EventParser#MAXIMUM_BYTES}. */
  public static RejectedEvent tooLarge() {
    return at(
        Reason.TOO_LARGE,
        "",
        "expected at most " + EventParser.MAXIMUM_BYTES + " bytes, found more");
  }
}
