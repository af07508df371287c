package io.inferwarden.bench.latency;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Hears of every event as it is sent and of every webhook as it arrives. */
final class Arrivals implements HttpHandler {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<String, Long> sentNanos = new ConcurrentHashMap<>();
  private final Map<String, List<Double>> millisBySort = new TreeMap<>();

  /** An event is about to be sent. */
  void sent(String principal, String model, long timeMillis) {
    long now = System.nanoTime();
    sentNanos.put(principal + '|' + model + '|' + timeMillis, now);
    sentNanos.put('|' + model + '|' + timeMillis, now);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    JsonNode message = MAPPER.readTree(exchange.getRequestBody().readAllBytes());
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
    JsonNode incident = message.path("data");
    String subject = incident.path("subject").asText();
    int colon = subject.indexOf(':');
    String at = String.valueOf(Instant.parse(incident.path("lastSeenAt").asText()).toEpochMilli());
    String where = '|' + incident.path("model").asText() + '|' + at;
    Long sent = sentNanos.get(subject.substring(colon + 1) + where);
    if (sent == null) {
      sent = sentNanos.get(where);
    }
    if (sent != null && colon > 0) {
      record(
          subject.substring(0, colon) + ", " + message.path("type").asText(), (now - sent) / 1e6);
    }
  }

  private synchronized void record(String sort, double millis) {
    millisBySort.computeIfAbsent(sort, first -> new ArrayList<>()).add(millis);
  }

  /** Percentiles by what the incident is about and what was told of it. */
  synchronized String report() {
    StringBuilder text = new StringBuilder();
    millisBySort.forEach(
        (sort, millis) -> {
          List<Double> sorted = millis.stream().sorted().toList();
          text.append(
              String.format(
                  Locale.ROOT,
                  "%-36s n %5d   p50 %6.0f ms   p90 %6.0f ms   p99 %6.0f ms   worst %6.0f ms%n",
                  sort,
                  sorted.size(),
                  percentile(sorted, 0.50),
                  percentile(sorted, 0.90),
                  percentile(sorted, 0.99),
                  percentile(sorted, 1)));
        });
    return text.toString();
  }

  private static double percentile(List<Double> sorted, double share) {
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }
}
