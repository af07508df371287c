package io.inferwarden.k8s.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real Prometheus that scrapes one target every second; it ends with this JVM. */
final class PrometheusProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final String url;
  private final Thread onShutdown;
  private final HttpClient client = HttpClient.newHttpClient();

  private PrometheusProcess(Process process, String url) {
    this.process = process;
    this.url = url;
    this.onShutdown = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onShutdown);
  }

  /** The program, where it is installed. */
  static Optional<Path> program() {
    return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
        .map(folder -> Path.of(folder, "prometheus"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * @param target {@code host:port}
   */
  static PrometheusProcess start(Path program, String target, Path folder) throws IOException {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s}
        scrape_configs:
          - job_name: inferwarden
            static_configs: [{targets: ["%s"]}]
        """
            .formatted(target));
    int port = freePort();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    return new PrometheusProcess(process, "http://127.0.0.1:" + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  boolean isUp() throws IOException, InterruptedException {
    if (!process.isAlive()) {
      throw new IllegalStateException("Prometheus has ended");
    }
    try {
      return send("/-/ready", Map.of()).statusCode() == 200;
    } catch (ConnectException e) {
      return false; // it does not listen yet
    }
  }

  /** The result of the query of one moment. */
  JsonNode query(String expression) throws IOException, InterruptedException {
    return data("/api/v1/query", Map.of("query", expression)).path("result");
  }

  /** The result of the query over the last time, in steps of a second. */
  JsonNode queryRange(String expression, Duration last) throws IOException, InterruptedException {
    double now = System.currentTimeMillis() / 1e3;
    return data(
            "/api/v1/query_range",
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
  JsonNode values(String label, String selector) throws IOException, InterruptedException {
    return data("/api/v1/label/" + label + "/values", Map.of("match[]", selector));
  }

  private JsonNode data(String path, Map<String, String> parameters)
      throws IOException, InterruptedException {
    JsonNode answer = JSON.readTree(send(path, parameters).body());
    if (!answer.path("status").asText().equals("success")) {
      throw new IllegalArgumentException(answer.path("error").asText());
    }
    return answer.path("data");
  }

  private HttpResponse<String> send(String path, Map<String, String> parameters)
      throws IOException, InterruptedException {
    String query =
        parameters.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path + "?" + query))
            .timeout(Duration.ofSeconds(20))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    Runtime.getRuntime().removeShutdownHook(onShutdown);
  }
}
