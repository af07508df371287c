package io.inferwarden.bench.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Instant;

/** Takes webhooks, and notes when each arrived. */
final class Arrivals implements HttpHandler {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Journeys journeys;

  Arrivals(Journeys journeys) {
    this.journeys = journeys;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    long now = System.currentTimeMillis();
    JsonNode message = MAPPER.readTree(exchange.getRequestBody().readAllBytes());
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
    JsonNode incident = message.path("data");
    long at = Instant.parse(incident.path("lastSeenAt").asText()).toEpochMilli();
    journeys.pass(Journeys.key(incident.path("model").asText(), at), Stage.DELIVERED, now);
  }
}
