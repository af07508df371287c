package io.inferwarden.ingest.source.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Reads fields of trees in which anything may be missing or of another type. */
public final class JsonFields {
  private JsonFields() {}

  /** A string, or an integer as its digits; empty for anything else. */
  public static String text(JsonNode object, String field) {
    return text(object.path(field));
  }

  /** A string, or an integer as its digits; empty for anything else. */
  public static String text(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue();
    }
    return value.isIntegralNumber() ? value.asText() : "";
  }

  /** The first of the fields that is not empty, or empty. */
  public static String firstText(JsonNode object, List<String> fields) {
    for (String field : fields) {
      String text = text(object, field);
      if (!text.isBlank()) {
        return text;
      }
    }
    return "";
  }

  /** A whole number of 0 or more, as a number or as digits, or -1. */
  public static long count(JsonNode object, String field) {
    return count(object.path(field));
  }

  /** A whole number of 0 or more, as a number or as digits, or -1. */
  public static long count(JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return Math.max(-1, value.longValue());
    }
    if (value.isNumber()) {
      double number = value.doubleValue();
      return number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number)
          ? (long) number
          : -1;
    }
    return value.isTextual() ? digits(value.textValue()) : -1;
  }

  /** The first address of a list such as {@code X-Forwarded-For}, or empty. */
  public static String firstAddress(String list) {
    int comma = list.indexOf(',');
    return (comma < 0 ? list : list.substring(0, comma)).trim();
  }

  private static long digits(String text) {
    if (text.isEmpty() || text.length() > 10) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
