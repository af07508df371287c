package io.inferwarden.k8s.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A real Prometheus that scrapes one target every second, and others while it is told to. */
public final class PrometheusProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration ANSWER = Duration.ofSeconds(20);

  private static final String DISCOVERED = "discovered.json";

  private final ChildProcess process;
  private final Path folder;
  private final String url;
  private final HttpClient client = HttpClient.newHttpClient();

  private PrometheusProcess(ChildProcess process, Path folder, String url) {
    this.process = process;
    this.folder = folder;
    this.url = url;
  }

  /**
   * Starts one, or skips the test where there is none.
   *
   * @param folder for its data; the rules in it, {@code inferwarden-*.yaml}, are evaluated
   * @param job of the one process that it scrapes
   * @param target host and port of that
   */
  public static PrometheusProcess start(Path folder, String job, String target) throws Exception {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: ["inferwarden-*.yaml"]
        scrape_configs:
          - job_name: %s
            static_configs: [{targets: ["%s"]}]
          - job_name: discovered
            file_sd_configs: [{files: ["%s"], refresh_interval: 1s}]
        """
            .formatted(job, target, DISCOVERED));
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
        new PrometheusProcess(process, folder, "http://127.0.0.1:" + port + "/api/v1/");
    ChildProcess.until(
        "Prometheus serves", START, () -> process.printed().contains("Server is ready"));
    return prometheus;
  }

  /**
   * What service discovery finds from now on, beside the one process of the start.
   *
   * @param targetsByJob host and port of a process by the name of its job
   */
  public void discover(Map<String, String> targetsByJob) throws IOException {
    List<Map<String, Object>> groups =
        targetsByJob.entrySet().stream()
            .map(
                each ->
                    Map.<String, Object>of(
                        "targets",
                        List.of(each.getValue()),
                        "labels",
                        Map.of("job", each.getKey())))
            .toList();
    Files.writeString(folder.resolve(DISCOVERED), JSON.writeValueAsString(groups));
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Names of the alerts that fire now. */
  public Set<String> firing() throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    for (JsonNode alert : get("alerts", Map.of()).path("alerts")) {
      if (alert.path("state").asText().equals("firing")) {
        names.add(alert.path("labels").path("alertname").asText());
      }
    }
    return names;
  }

  /** Each must have fired at some time of the wait, not all of them at once. */
  public void awaitFiring(Duration patience, String... alerts) throws Exception {
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

  /** The result of the query of this moment. */
  public JsonNode query(String expression) throws IOException, InterruptedException {
    return get("query", Map.of("query", expression)).path("result");
  }

  /** The result of the query over the last time, in steps of a second. */
  public JsonNode queryRange(String expression, Duration last)
      throws IOException, InterruptedException {
    double now = System.currentTimeMillis() / 1e3;
    return get(
            "query_range",
            Map.of(
                "query",
                expression,
                "start",
                Double.toString(now - last.toSeconds()),
                "end",
                Double.toString(now),
                "step",
                "1"))
        .path("result");
  }

  /** The values of a label of the series that fit. */
  public JsonNode values(String label, String selector) throws IOException, InterruptedException {
    return get("label/" + label + "/values", Map.of("match[]", selector));
  }

  private JsonNode get(String path, Map<String, String> parameters)
      throws IOException, InterruptedException {
    String query =
        parameters.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path + "?" + query)).timeout(ANSWER).build();
    JsonNode answer =
        JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    if (!answer.path("status").asText().equals("success")) {
      throw new IllegalArgumentException(answer.path("error").asText());
    }
    return answer.path("data");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
