package io.inferwarden.ingest;

import java.util.Locale;

/**
 * Why an event was not taken: the reason to count it by, the field at fault (dotted path, empty for
 * the whole document), and a message that says what was found and what would be right.
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
