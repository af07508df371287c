package io.inferwarden.alerting.sink.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.sink.Json;
import io.inferwarden.alerting.sink.Receiver;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A stand-in for the Events API v2 of PagerDuty, which cannot be run here. It enforces what the
 * public documentation states (developer.pagerduty.com, "Send an alert event" and "Send a change
 * event"; github.com/PagerDuty/api-schema): required fields, their limits and allowed values, 202,
 * 400 and 413, that all events with a key are one alert, that an acknowledgement or an end without
 * an alert is dropped, and that a trigger after the end opens a new alert. How PagerDuty behaves
 * beyond what it documents is not known here.
 */
final class FakePagerDuty {
  static final String KEY = "0123456789abcdef0123456789ABCDEF";
  private static final int MOST_BYTES = 512_000;
  private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");

  /** The state of the latest alert under each key. */
  final Map<String, String> alerts = new TreeMap<>();

  /** The summaries of the change events. */
  final List<String> changes = new ArrayList<>();

  int opened;

  Receiver.Answer answer(Receiver.Request request) {
    List<String> errors = errorsOf(request);
    if (!errors.isEmpty()) {
      return Receiver.Answer.of(
          400,
          "{\"status\":\"invalid event\",\"errors\":[\"" + String.join("\",\"", errors) + "\"]}");
    }
    if (request.body().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      return Receiver.Answer.of(413);
    }
    JsonNode event = Json.parse(request.body());
    if (isChange(request)) {
      changes.add(event.path("payload").path("summary").textValue());
    } else {
      apply(event.path("event_action").textValue(), event.path("dedup_key").textValue());
    }
    return Receiver.Answer.of(202, "{\"status\":\"success\",\"message\":\"Event processed\"}");
  }

  private void apply(String action, String key) {
    boolean isKnown = alerts.containsKey(key) && !"resolved".equals(alerts.get(key));
    switch (action) {
      case "trigger" -> {
        if (!isKnown) {
          opened++;
          alerts.put(key, "triggered");
        }
      }
      case "acknowledge" -> {
        if (isKnown) {
          alerts.put(key, "acknowledged");
        }
      }
      default -> {
        if (isKnown) {
          alerts.put(key, "resolved");
        }
      }
    }
  }

  /** What the documentation forbids about the request; empty when it is well-formed. */
  static List<String> errorsOf(Receiver.Request request) {
    List<String> errors = new ArrayList<>();
    JsonNode event;
    try {
      event = Json.parse(request.body());
    } catch (UncheckedIOException e) {
      return List.of("not JSON");
    }
    require(errors, "POST".equals(request.method()), "method");
    require(errors, "application/json".equals(request.header("content-type")), "content type");
    require(errors, text(event, "routing_key").length() == 32, "routing_key");
    JsonNode payload = event.path("payload");
    int summary = text(payload, "summary").length();
    require(errors, summary >= 1 && summary <= 1024, "summary");
    require(errors, isTime(text(payload, "timestamp")), "timestamp");
    JsonNode details = payload.path("custom_details");
    require(errors, details.isMissingNode() || details.isObject(), "custom_details");
    if (isChange(request)) {
      require(errors, !text(event, "routing_key").startsWith("R"), "no change events on rules");
      return errors;
    }
    String path = request.target().getPath();
    require(errors, path.endsWith("/v2/enqueue"), "path " + path);
    String action = text(event, "event_action");
    require(errors, Set.of("trigger", "acknowledge", "resolve").contains(action), "event_action");
    int key = text(event, "dedup_key").length();
    require(errors, key <= 255 && (key >= 1 || "trigger".equals(action)), "dedup_key");
    require(errors, SEVERITIES.contains(text(payload, "severity")), "severity");
    require(errors, !text(payload, "source").isEmpty(), "source");
    return errors;
  }

  private static boolean isChange(Receiver.Request request) {
    return request.target().getPath().endsWith("/v2/change/enqueue");
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asText("");
  }

  private static void require(List<String> errors, boolean isSo, String what) {
    if (!isSo) {
      errors.add(what);
    }
  }

  private static boolean isTime(String text) {
    try {
      return Instant.parse(text).isAfter(Instant.EPOCH);
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
