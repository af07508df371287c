package io.inferwarden.k8s.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.app.cluster.EventProducer;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoWorld;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two simulated days with attacks, a new version, and what goes wrong in everyday use. */
final class PlatformTraffic {
  private static final int EVENTS_OF_A_REQUEST = 2_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final PlatformProcess platform;

  PlatformTraffic(PlatformProcess platform) {
    this.platform = platform;
  }

  /** Sends all events of the world through the collector. */
  void send(DemoWorld world, long startMillis) throws Exception {
    long release = startMillis + Duration.ofHours(40).toMillis();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int count = 0;
    for (DemoEvent event : world.events()) {
      body.write(event.timeMillis() < release ? event.json() : released(event));
      body.write('\n');
      if (++count % EVENTS_OF_A_REQUEST == 0) {
        collect(body.toByteArray());
        body.reset();
      }
    }
    collect(body.toByteArray());
  }

  /** The same answer by the next version, where it is one of the small models. */
  private static byte[] released(DemoEvent event) {
    return new String(event.json(), UTF_8)
        .replace(
            "\"model\":\"support-triage\",\"version\":\"5\"",
            "\"model\":\"support-triage\",\"version\":\"6\"")
        .getBytes(UTF_8);
  }

  /** An event without a model for the collector, and a record that is none for the topic. */
  void sendFaults() throws Exception {
    HttpResponse<String> refused =
        post(platform.collector(), "{\"time\":1}", "application/x-ndjson");
    if (refused.statusCode() != 400) {
      throw new IllegalStateException("a wrong event was answered with " + refused.body());
    }
    try (EventProducer producer =
        new EventProducer(Map.of("bootstrap.servers", platform.bootstrapServers()), 0)) {
      producer.send("no event".getBytes(UTF_8));
      producer.flush();
    }
  }

  /** Ids of the incidents that are open. */
  List<String> openIncidents() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(platform.operations() + "/api/v1/incidents?open=true&limit=100"))
            .build();
    JsonNode answer =
        JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    List<String> ids = new ArrayList<>();
    answer.path("incidents").forEach(incident -> ids.add(incident.path("id").asText()));
    return ids;
  }

  void judge(String incident, String verdict) throws Exception {
    HttpResponse<String> answer =
        post(
            platform.operations() + "/api/v1/incidents/" + incident + "/verdict",
            "{\"verdict\":\"" + verdict + "\",\"note\":\"a test\"}",
            "application/json");
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException("the verdict was not taken: " + answer.body());
    }
  }

  private void collect(byte[] lines) throws Exception {
    HttpResponse<String> answer =
        post(platform.collector(), new String(lines, UTF_8), "application/x-ndjson");
    if (answer.statusCode() != 202) {
      throw new IllegalStateException("events were answered with " + answer.body());
    }
  }

  private HttpResponse<String> post(String url, String body, String type) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
