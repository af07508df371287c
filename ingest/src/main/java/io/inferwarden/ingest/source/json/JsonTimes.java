package io.inferwarden.ingest.source.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.OptionalDouble;

/** Reads the ways in which gateways write times. */
public final class JsonTimes {
  private static final double LATEST_PLAUSIBLE_SECONDS = 100_000_000_000.0;
  private static final double LATEST_MILLIS = 253_402_300_799_999.0;
  private static final int LONGEST_TIME = 64;

  private JsonTimes() {}

  /**
   * Epoch milliseconds with fractions: of ISO 8601 text (UTC when it names no zone), or of a
   * number, as text or not, of epoch seconds or, from 10<sup>11</sup> on, milliseconds. Empty for
   * anything else, and for times before 1970 or after 9999.
   */
  public static OptionalDouble epochMillis(JsonNode time) {
    if (time.isNumber()) {
      return ofNumber(time.doubleValue());
    }
    return time.isTextual() ? epochMillis(time.textValue()) : OptionalDouble.empty();
  }

  /** Like {@link #epochMillis(JsonNode)}, of text. */
  public static OptionalDouble epochMillis(String time) {
    String text = time.trim();
    if (text.isEmpty() || text.length() > LONGEST_TIME) {
      return OptionalDouble.empty();
    }
    return text.indexOf(':') < 0 ? ofDigits(text) : ofIso(text.replace(' ', 'T'));
  }

  private static OptionalDouble ofDigits(String text) {
    try {
      return ofNumber(Double.parseDouble(text));
    } catch (NumberFormatException noNumber) {
      return OptionalDouble.empty();
    }
  }

  private static OptionalDouble ofNumber(double number) {
    double millis = number < LATEST_PLAUSIBLE_SECONDS ? number * 1000 : number;
    return millis >= 0 && millis <= LATEST_MILLIS
        ? OptionalDouble.of(millis)
        : OptionalDouble.empty();
  }

  private static OptionalDouble ofIso(String text) {
    try {
      int afterDate = text.indexOf('T') + 1;
      boolean hasZone =
          text.endsWith("Z")
              || text.endsWith("z")
              || text.indexOf('+', afterDate) > 0
              || text.indexOf('-', afterDate) > 0;
      Instant instant =
          hasZone
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      return ofNumberOfMillis(instant.getEpochSecond() * 1000.0 + instant.getNano() / 1_000_000.0);
    } catch (DateTimeException noTime) {
      return OptionalDouble.empty();
    }
  }

  private static OptionalDouble ofNumberOfMillis(double millis) {
    return millis >= 0 && millis <= LATEST_MILLIS
        ? OptionalDouble.of(millis)
        : OptionalDouble.empty();
  }
}
