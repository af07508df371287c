package io.inferwarden.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.inferwarden.ingest.RejectedEvent.Reason;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads single values of the contract's types from the token stream. Every method named after a
 * type moves to the next token first. JSON null stands for an absent optional value. Fields are
 * named by their dotted path.
 */
final class FieldReader {
  private static final String RFC_3339_OR_MILLIS = "RFC 3339 or integer epoch milliseconds";
  private static final long LATEST_PLAUSIBLE_SECONDS = 100_000_000_000L;

  private final JsonParser json;

  FieldReader(JsonParser json) {
    this.json = json;
  }

  /** The current token, or a rejection that calls the document cut off. */
  JsonToken advance() throws IOException, Rejection {
    JsonToken token = json.nextToken();
    if (token == null) {
      throw new Rejection(Reason.NOT_JSON, "", "expected a JSON object, found its end too soon");
    }
    return token;
  }

  /** Moves to a value that opens an object or array; false when null. */
  boolean opens(JsonToken opening, String field, String expected) throws IOException, Rejection {
    JsonToken token = advance();
    if (token == JsonToken.VALUE_NULL) {
      return false;
    }
    if (token != opening) {
      throw wrongType(field, expected);
    }
    return true;
  }

  /** A non-empty identifier. */
  String required(String field, VocabularyCache cache) throws IOException, Rejection {
    if (advance() != JsonToken.VALUE_STRING) {
      throw wrongType(field, "a string");
    }
    if (json.getTextLength() == 0) {
      throw invalid(field, "a string of 1 to " + Limits.IDENTIFIER + " characters");
    }
    String identifier = printable(field, Limits.IDENTIFIER, cache);
    if (identifier.isBlank()) {
      throw invalid(field, "a string with characters that can be seen");
    }
    return identifier;
  }

  /** A printable string, or null when null or empty. */
  @Nullable String optional(String field, int maximum, @Nullable VocabularyCache cache)
      throws IOException, Rejection {
    JsonToken token = advance();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.VALUE_STRING) {
      throw wrongType(field, "a string");
    }
    return json.getTextLength() == 0 ? null : printable(field, maximum, cache);
  }

  /** A finite number, or NaN when null. */
  double number(String field) throws IOException, Rejection {
    JsonToken token = advance();
    return token == JsonToken.VALUE_NULL ? Double.NaN : currentNumber(token, field);
  }

  /** The current token as a finite number. */
  double currentNumber(JsonToken token, String field) throws IOException, Rejection {
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw wrongType(field, "a number");
    }
    double number = json.getDoubleValue();
    if (!Double.isFinite(number)) {
      throw notFinite(field);
    }
    return number;
  }

  /** An integer of 0 or more, or -1 when null. */
  int count(String field) throws IOException, Rejection {
    JsonToken token = advance();
    if (token == JsonToken.VALUE_NULL) {
      return -1;
    }
    rejectNotFinite(token, field);
    if (token != JsonToken.VALUE_NUMBER_INT) {
      throw wrongType(field, "an integer");
    }
    if (json.getNumberType() != JsonParser.NumberType.INT || json.getIntValue() < 0) {
      throw invalid(field, "an integer from 0 to " + Integer.MAX_VALUE);
    }
    return json.getIntValue();
  }

  /** UTF-16 units of the string that the parser is at, or -1 when null. It is never made. */
  int textLength(String field) throws IOException, Rejection {
    JsonToken token = advance();
    if (token == JsonToken.VALUE_NULL) {
      return -1;
    }
    if (token != JsonToken.VALUE_STRING) {
      throw wrongType(field, "a string");
    }
    return json.getTextLength();
  }

  /** Epoch milliseconds, checked against the oldest and the latest that are believed. */
  long time(long nowMillis) throws IOException, Rejection {
    JsonToken token = advance();
    rejectNotFinite(token, "time");
    long millis =
        switch (token) {
          case VALUE_NUMBER_INT -> integerTime();
          case VALUE_STRING ->
              Rfc3339.epochMillis(
                  json.getTextCharacters(), json.getTextOffset(), textLengthOfTime());
          default -> throw wrongType("time", RFC_3339_OR_MILLIS);
        };
    if (millis == Rfc3339.INVALID) {
      throw invalid("time", RFC_3339_OR_MILLIS);
    }
    if (Limits.isTooOld(millis)) {
      boolean secondsLikely = token == JsonToken.VALUE_NUMBER_INT && millis > 0;
      String hint =
          secondsLikely && millis < LATEST_PLAUSIBLE_SECONDS ? " (are these seconds?)" : "";
      throw rejection(Reason.TIME_TOO_OLD, "time", "2000-01-01T00:00:00Z or later", hint);
    }
    if (Limits.isTooFarAhead(millis, nowMillis)) {
      throw rejection(
          Reason.TIME_IN_FUTURE,
          "time",
          "at most an hour after " + Instant.ofEpochMilli(nowMillis),
          "");
    }
    return millis;
  }

  /** Passes over the value of an unknown field, nested or not, which must still be JSON. */
  void skip(String field) throws IOException, Rejection {
    JsonToken token = advance();
    for (int depth = 0; ; token = advance()) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_NUMBER_FLOAT && json.isNaN()) {
        throw notFinite(Excerpt.of(field, Limits.WORD));
      }
      if (depth == 0) {
        return;
      }
    }
  }

  /** The characters of the current string, at most so many. */
  String string(String field, int maximum, @Nullable VocabularyCache cache)
      throws IOException, Rejection {
    char[] characters = json.getTextCharacters();
    int offset = json.getTextOffset();
    int length = json.getTextLength();
    if (length > maximum && Character.codePointCount(characters, offset, length) > maximum) {
      throw invalid(field, "a string of at most " + maximum + " characters");
    }
    return cache == null
        ? new String(characters, offset, length)
        : cache.get(characters, offset, length);
  }

  Rejection wrongType(String field, String expected) throws IOException {
    return rejection(Reason.WRONG_TYPE, field, expected, "");
  }

  Rejection invalid(String field, String expected) throws IOException {
    return rejection(Reason.INVALID_VALUE, field, expected, "");
  }

  Rejection notFinite(String field) throws IOException {
    return rejection(Reason.NOT_FINITE, field, "a finite number", "");
  }

  private String printable(String field, int maximum, @Nullable VocabularyCache cache)
      throws IOException, Rejection {
    char[] characters = json.getTextCharacters();
    int end = json.getTextOffset() + json.getTextLength();
    for (int i = json.getTextOffset(); i < end; i++) {
      if (characters[i] < ' ' || characters[i] == 0x7f) {
        throw invalid(field, "a string without control characters");
      }
    }
    return string(field, maximum, cache);
  }

  private long integerTime() throws IOException {
    return json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        ? Rfc3339.INVALID
        : json.getLongValue();
  }

  private int textLengthOfTime() throws IOException {
    int length = json.getTextLength();
    return length > Limits.WORD ? 0 : length;
  }

  private void rejectNotFinite(JsonToken token, String field) throws IOException, Rejection {
    if (token == JsonToken.VALUE_NUMBER_FLOAT && json.isNaN()) {
      throw notFinite(field);
    }
  }

  private Rejection rejection(Reason reason, String field, String expected, String hint)
      throws IOException {
    return new Rejection(reason, field, "expected " + expected + ", found " + found() + hint);
  }

  private String found() throws IOException {
    JsonToken token = json.currentToken();
    return switch (token) {
      case VALUE_STRING -> "string " + Excerpt.quoted(json.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number " + Excerpt.of(json.getText(), 40);
      case VALUE_TRUE, VALUE_FALSE -> "boolean " + json.getText();
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      default -> "null";
    };
  }
}
