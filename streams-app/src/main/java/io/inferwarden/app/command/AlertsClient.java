package io.inferwarden.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.JsonFields;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the HTTP API of a deployment; what it refuses is an {@link IOException} that says why. */
final class AlertsClient {
  private static final String PREFIX = "/api/v1/";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(40);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final URI base;
  private final Optional<String> token;

  AlertsClient(URI base, Optional<String> token) {
    this.base = base;
    this.token = token;
  }

  /** An answer: its document, and whether its effect is still under way. */
  record Answered(JsonNode body, boolean isUnderWay) {}

  JsonNode get(String path) throws IOException, InterruptedException {
    return ask(request(path).GET().timeout(ANSWER).build()).body();
  }

  Answered post(String path, ObjectNode body) throws IOException, InterruptedException {
    return ask(
        request(path)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JsonFields.bytes(body)))
            .build());
  }

  Answered delete(String path) throws IOException, InterruptedException {
    return ask(request(path).timeout(ANSWER).DELETE().build());
  }

  /** The stream of events after the given id; without one, from now on. */
  InputStream stream(Optional<String> lastEventId) throws IOException, InterruptedException {
    HttpRequest.Builder request = request("incidents/stream").GET();
    lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
    HttpResponse<InputStream> response = send(request.build());
    if (response.statusCode() != 200) {
      try (InputStream body = response.body()) {
        throw refused(response.statusCode(), body.readAllBytes());
      }
    }
    return response.body();
  }

  private Answered ask(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = send(request);
    byte[] body;
    try (InputStream in = response.body()) {
      body = in.readAllBytes();
    }
    int status = response.statusCode();
    if (status < 200 || status > 299) {
      throw refused(status, body);
    }
    try {
      return new Answered(JsonFields.parse(body), status == 202);
    } catch (IllegalArgumentException e) {
      throw new IOException(base + " does not answer as Inferwarden does", e);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (ConnectException e) {
      throw new IOException(
          "nothing answers at " + base + "; is it running there? (--url says where)", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base.toString().replaceFirst("/+$", "") + PREFIX + path));
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  /** An answer of 404 stands for itself; all others say what was wrong. */
  private static IOException refused(int status, byte[] body) {
    String detail;
    try {
      detail = JsonFields.text(JsonFields.parse(body), "detail");
    } catch (IllegalArgumentException e) {
      detail = "HTTP status " + status;
    }
    return new IOException(Terminal.line(detail));
  }

  /** A query under construction. */
  static final class Query {
    private final List<String> pairs = new ArrayList<>();

    Query with(String name, String value) {
      pairs.add(name + "=" + encoded(value));
      return this;
    }

    Query with(String name, Optional<String> value) {
      value.ifPresent(present -> with(name, present));
      return this;
    }

    Query with(String name, List<String> values) {
      return values.isEmpty() ? this : with(name, String.join(",", values));
    }

    /** With its question mark; empty where there is nothing to say. */
    @Override
    public String toString() {
      return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }
  }

  static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
