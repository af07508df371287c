package io.inferwarden.app.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.inferwarden.alerting.JsonFields;
import java.io.IOException;
import java.util.Map;

/** A JSON document. */
final class JsonAnswer implements Answer {
  private final int status;
  private final String type;
  private final byte[] body;
  private final Map<String, String> headers;

  JsonAnswer(int status, String type, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.type = type;
    this.body = body;
    this.headers = headers;
  }

  static Answer ok(ObjectNode body) {
    return of(200, body);
  }

  static Answer of(int status, ObjectNode body) {
    return of(status, JsonFields.bytes(body));
  }

  static Answer of(int status, byte[] body) {
    return new JsonAnswer(status, "application/json", body, Map.of());
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public void send(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
      headers.forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
