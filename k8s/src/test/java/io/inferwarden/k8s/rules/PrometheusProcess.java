package io.inferwarden.k8s.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A real Prometheus with the shipped rules, for which minutes are seconds. */
final class PrometheusProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChildProcess process;
  private final String url;
  private final HttpClient client = HttpClient.newHttpClient();

  private PrometheusProcess(ChildProcess process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * @param job of the one process that it scrapes
   * @param target host and port of that
   */
  static PrometheusProcess start(Path folder, String job, String target) throws Exception {
    for (Path file : List.of(RuleFiles.alertsFile(), RuleFiles.recordingFile())) {
      Files.writeString(
          folder.resolve(file.getFileName()), FasterClock.sixtyTimes(Files.readString(file)));
    }
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: ["inferwarden-*.yaml"]
        scrape_configs:
          - job_name: %s
            static_configs: [{targets: ["%s"]}]
        """
            .formatted(job, target));
    int port = freePort();
    ChildProcess process =
        ChildProcess.start(
            List.of(
                Promtool.require("prometheus"),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port),
            folder.resolve("prometheus.log"));
    PrometheusProcess prometheus =
        new PrometheusProcess(process, "http://127.0.0.1:" + port + "/api/v1/");
    ChildProcess.until(
        "Prometheus serves",
        Duration.ofSeconds(30),
        () -> process.printed().contains("Server is ready"));
    return prometheus;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).build();
    return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .path("data");
  }

  /** Names of the alerts that fire now. */
  Set<String> firing() throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    for (JsonNode alert : get("alerts").path("alerts")) {
      if (alert.path("state").asText().equals("firing")) {
        names.add(alert.path("labels").path("alertname").asText());
      }
    }
    return names;
  }

  /** Each must have fired at some time of the wait, not all of them at once. */
  void awaitFiring(Duration patience, String... alerts) throws Exception {
    Set<String> missing = new TreeSet<>(List.of(alerts));
    try {
      ChildProcess.until(
          "all fire",
          patience,
          () -> {
            missing.removeAll(firing());
            return missing.isEmpty();
          });
    } catch (AssertionError e) {
      throw new AssertionError(
          missing
              + " did not fire. Pending and firing: "
              + query("ALERTS")
              + "\n"
              + query("{__name__=~\"inferwarden_.*(progress|lag|ready|rejected|pending).*\"}"),
          e);
    }
  }

  /** Names of all series that it has. */
  Set<String> metrics() throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    get("label/__name__/values").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** What an expression gives now, for a message. */
  String query(String expression) throws IOException, InterruptedException {
    return get("query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)).toString();
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
