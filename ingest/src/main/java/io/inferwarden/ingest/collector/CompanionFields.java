package io.inferwarden.ingest.collector;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.ingest.RejectedEvent.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.SortedSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one companion, read as those of events are: types are exact; null, and an empty
 * string, stand for an absent value.
 */
final class CompanionFields {
  static final int IDENTIFIER = 256;

  private static final int EXCERPT = 40;
  private static final long YEAR_2000_MILLIS = 946_684_800_000L;
  private static final long FUTURE_TOLERANCE_MILLIS = 3_600_000L;
  private static final String RFC_3339_OR_MILLIS = "RFC 3339 or integer epoch milliseconds";
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");

  private final JsonNode object;

  CompanionFields(JsonNode object) throws RejectedCompanion {
    this.object = object;
    if (!object.isObject()) {
      throw new RejectedCompanion(Reason.NOT_AN_OBJECT, "", "a JSON object", found(object));
    }
  }

  /** Whether the field holds something. */
  boolean has(String field) {
    JsonNode value = object.get(field);
    return value != null && !value.isNull() && !(value.isTextual() && value.textValue().isEmpty());
  }

  String required(String field) throws RejectedCompanion {
    String text = optional(field, IDENTIFIER);
    if (text == null) {
      throw missing(field, "a string of 1 to " + IDENTIFIER + " characters");
    }
    if (text.isBlank()) {
      throw invalid(field, "a string with characters that can be seen");
    }
    return text;
  }

  @Nullable String optional(String field, int maximum) throws RejectedCompanion {
    JsonNode value = object.get(field);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new RejectedCompanion(Reason.WRONG_TYPE, field, "a string", found(value));
    }
    String text = value.textValue();
    if (text.codePointCount(0, text.length()) > maximum) {
      throw invalid(field, "a string of at most " + maximum + " characters");
    }
    if (text.codePoints().anyMatch(CompanionFields::isUnprintable)) {
      throw invalid(field, "a string without control characters");
    }
    return text.isEmpty() ? null : text;
  }

  @Nullable String oneOf(String field, SortedSet<String> words) throws RejectedCompanion {
    String word = optional(field, IDENTIFIER);
    if (word != null && !words.contains(word)) {
      throw invalid(field, "one of " + String.join(", ", words));
    }
    return word;
  }

  /** Epoch milliseconds. */
  long requiredTime(String field, long nowMillis) throws RejectedCompanion {
    JsonNode value = object.get(field);
    if (value == null || value.isNull()) {
      throw missing(field, RFC_3339_OR_MILLIS);
    }
    if (!value.isTextual() && !value.isIntegralNumber()) {
      throw new RejectedCompanion(Reason.WRONG_TYPE, field, RFC_3339_OR_MILLIS, found(value));
    }
    long millis = value.isTextual() ? parsed(field, value.textValue()) : integer(field, value);
    if (millis < YEAR_2000_MILLIS) {
      throw new RejectedCompanion(
          Reason.TIME_TOO_OLD, field, "2000-01-01T00:00:00Z or later", found(value));
    }
    if (millis - nowMillis > FUTURE_TOLERANCE_MILLIS) {
      throw new RejectedCompanion(
          Reason.TIME_IN_FUTURE,
          field,
          "at most an hour after " + Instant.ofEpochMilli(nowMillis),
          found(value));
    }
    return millis;
  }

  RejectedCompanion missing(String field, String expected) {
    return new RejectedCompanion(Reason.MISSING_FIELD, field, expected, "nothing");
  }

  private static long integer(String field, JsonNode value) throws RejectedCompanion {
    if (!value.canConvertToLong()) {
      throw new RejectedCompanion(Reason.INVALID_VALUE, field, RFC_3339_OR_MILLIS, found(value));
    }
    return value.longValue();
  }

  private long parsed(String field, String text) throws RejectedCompanion {
    if (text.length() <= 64 && RFC_3339.matcher(text).matches()) {
      try {
        return OffsetDateTime.parse(text).toInstant().toEpochMilli();
      } catch (DateTimeException noSuchDay) {
        throw invalid(field, RFC_3339_OR_MILLIS);
      }
    }
    throw invalid(field, RFC_3339_OR_MILLIS);
  }

  private RejectedCompanion invalid(String field, String expected) {
    return new RejectedCompanion(Reason.INVALID_VALUE, field, expected, found(object.path(field)));
  }

  private static String found(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string \"" + excerpt(value.textValue()) + "\"";
      case NUMBER -> "number " + excerpt(value.asText());
      case BOOLEAN -> "boolean " + value.asText();
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      default -> "null";
    };
  }

  private static String excerpt(String text) {
    StringBuilder excerpt = new StringBuilder();
    text.codePoints()
        .limit(EXCERPT)
        .forEach(c -> excerpt.appendCodePoint(isUnprintable(c) ? '?' : c));
    return text.length() > excerpt.length() ? excerpt + "..." : excerpt.toString();
  }

  /** A control character, or half of a surrogate pair, which UTF-8 cannot say. */
  private static boolean isUnprintable(int character) {
    return character < ' '
        || character == 0x7f
        || Character.getType(character) == Character.SURROGATE;
  }
}
