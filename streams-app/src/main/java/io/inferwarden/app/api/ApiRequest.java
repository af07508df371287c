package io.inferwarden.app.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.book.Place;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a caller asks for; what is wrong with it is an {@link ApiProblem} that says so. */
final class ApiRequest {
  static final int MOST_BODY_BYTES = 16 * 1024;
  private static final int USUAL_LIMIT = 50;
  private static final int MOST_LIMIT = 500;
  private static final int MOST_ERROR_CHARACTERS = 500;

  private final HttpExchange exchange;
  private final Caller caller;
  private final Map<String, String> path;
  private final Map<String, List<String>> query;

  ApiRequest(HttpExchange exchange, Caller caller, Map<String, String> path) throws ApiProblem {
    this.exchange = exchange;
    this.caller = caller;
    this.path = path;
    this.query = query(exchange.getRequestURI().getRawQuery());
  }

  private static Map<String, List<String>> query(@Nullable String raw) throws ApiProblem {
    Map<String, List<String>> query = new LinkedHashMap<>();
    if (raw == null || raw.isEmpty()) {
      return query;
    }
    try {
      for (String pair : raw.split("&", -1)) {
        int end = pair.indexOf('=');
        String name = end < 0 ? pair : pair.substring(0, end);
        String value = end < 0 ? "" : pair.substring(end + 1);
        query
            .computeIfAbsent(
                URLDecoder.decode(name, StandardCharsets.UTF_8), n -> new ArrayList<>())
            .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badRequest("the query must be percent-encoded UTF-8");
    }
    return query;
  }

  Caller caller() {
    return caller;
  }

  Headers headers() {
    return exchange.getRequestHeaders();
  }

  /** A part of the path, by its name in the route. */
  String path(String name) {
    return path.getOrDefault(name, "");
  }

  /** Refuses parameters that the route does not know: to ignore them would answer otherwise. */
  void allowOnly(String... names) throws ApiProblem {
    for (String name : query.keySet()) {
      if (!Arrays.asList(names).contains(name)) {
        throw ApiProblem.badRequest(
            names.length == 0
                ? "this path takes no parameters, not even " + shortened(name)
                : "the parameters are "
                    + String.join(", ", names)
                    + "; there is no "
                    + shortened(name));
      }
    }
  }

  /** A parameter that can be there once. */
  Optional<String> parameter(String name) throws ApiProblem {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw ApiProblem.badRequest(name + " must be there once");
    }
    return values.stream().filter(value -> !value.isEmpty()).findFirst();
  }

  <T> Optional<T> parameter(String name, Function<String, T> parse) throws ApiProblem {
    Optional<String> value = parameter(name);
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(valid(name, () -> parse.apply(value.get())));
  }

  /** A parameter with several values, repeated or with commas between. */
  <T> List<T> parameters(String name, Function<String, T> parse) throws ApiProblem {
    List<T> values = new ArrayList<>();
    for (String joined : query.getOrDefault(name, List.of())) {
      for (String value : joined.split(",", -1)) {
        if (!value.isBlank()) {
          values.add(valid(name, () -> parse.apply(value.strip())));
        }
      }
    }
    return values;
  }

  Optional<Long> time(String name) throws ApiProblem {
    return parameter(name, text -> time(name, text));
  }

  int limit() throws ApiProblem {
    return parameter("limit", ApiRequest::limit).orElse(USUAL_LIMIT);
  }

  private static int limit(String text) {
    if (!text.matches("[1-9]\\d{0,2}") || Integer.parseInt(text) > MOST_LIMIT) {
      throw new IllegalArgumentException("limit must be from 1 to " + MOST_LIMIT);
    }
    return Integer.parseInt(text);
  }

  /** Where the page before ended. */
  Optional<Place> cursor() throws ApiProblem {
    return parameter("cursor", Place::ofCursor);
  }

  /** The body, a JSON object with only these fields. */
  JsonNode body(String... fields) throws ApiProblem, IOException {
    String type = headers().getFirst("Content-Type");
    if (type == null || !type.strip().matches("(?i)application/json(\\s*;.*)?")) {
      throw ApiProblem.unsupportedMediaType();
    }
    byte[] bytes = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
    if (bytes.length > MOST_BODY_BYTES) {
      throw ApiProblem.tooLarge(MOST_BODY_BYTES);
    }
    JsonNode body = valid("the body", () -> JsonFields.parse(bytes));
    for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!Arrays.asList(fields).contains(name)) {
        throw ApiProblem.badRequest(
            "the body's fields are " + String.join(", ", fields) + "; not " + shortened(name));
      }
    }
    return body;
  }

  /** A text of the body that may be missing. */
  static Optional<String> text(JsonNode body, String name, int mostCharacters) throws ApiProblem {
    if (!body.hasNonNull(name)) {
      return Optional.empty();
    }
    JsonNode value = body.get(name);
    if (!value.isTextual() || value.textValue().length() > mostCharacters) {
      throw ApiProblem.badRequest(
          name + " must be a string of at most " + mostCharacters + " characters");
    }
    return Optional.of(value.textValue());
  }

  static long time(String name, String text) {
    try {
      long millis = Instant.parse(text).toEpochMilli();
      if (millis >= 0) {
        return millis;
      }
    } catch (DateTimeException | ArithmeticException e) {
      throw noTime(name, e);
    }
    throw noTime(name, null);
  }

  private static IllegalArgumentException noTime(String name, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        name + " must be an instant in UTC since 1970, such as 2026-03-02T14:02:00Z", cause);
  }

  /** What can be wrong in a way that its message tells. */
  interface Parsing<T> {
    T parse();
  }

  /** The value, or what its parser had against it. */
  static <T> T valid(String name, Parsing<T> parsing) throws ApiProblem {
    try {
      return parsing.parse();
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      throw ApiProblem.badRequest(message == null ? name + " is not valid" : shortened(message));
    }
  }

  private static String shortened(String text) {
    return text.length() <= MOST_ERROR_CHARACTERS
        ? text
        : text.substring(0, MOST_ERROR_CHARACTERS) + "…";
  }
}
