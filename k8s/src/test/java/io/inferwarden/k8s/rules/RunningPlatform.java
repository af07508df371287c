package io.inferwarden.k8s.rules;

import io.inferwarden.app.InferwardenApp;
import io.inferwarden.k8s.process.ChildProcess;
import io.inferwarden.k8s.process.PrometheusProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** Broker and platform, each in a JVM of its own, the latter open to a debugger. */
final class RunningPlatform implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);

  private final HttpClient client = HttpClient.newHttpClient();
  private final ChildProcess process;
  private final int debugPort;

  private RunningPlatform(ChildProcess process, int debugPort) {
    this.process = process;
    this.debugPort = debugPort;
  }

  static ChildProcess broker(Path folder) throws IOException {
    return ChildProcess.java(
        folder.resolve("broker.log"),
        List.of(),
        BrokerMain.class.getName(),
        folder.resolve("kafka").toString());
  }

  /** Waits until the broker says where it is. */
  static String bootstrapServers(ChildProcess broker) throws Exception {
    return broker.awaitPrinted(Pattern.compile("(?m)^Kafka at (\\S+)$"), START);
  }

  /**
   * Starts a platform.
   *
   * @param suspended whether it waits for a debugger before it does anything
   */
  static RunningPlatform start(Path config, Path output, boolean suspended) throws Exception {
    int debugPort = PrometheusProcess.freePort();
    ChildProcess process =
        ChildProcess.java(
            output,
            List.of(
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend="
                    + (suspended ? "y" : "n")
                    + ",address=127.0.0.1:"
                    + debugPort),
            InferwardenApp.class.getName(),
            "run",
            "--config",
            config.toString());
    process.awaitPrinted(Pattern.compile("(Listening) for transport dt_socket"), START);
    return new RunningPlatform(process, debugPort);
  }

  int debugPort() {
    return debugPort;
  }

  /** Waits until it says where its metrics are: host and port. */
  String operations() throws Exception {
    return process.awaitPrinted(
        Pattern.compile("(?m)^Metrics and health: http://(\\S+)/metrics$"), START);
  }

  void awaitReady() throws Exception {
    String operations = operations();
    ChildProcess.until(
        "it is ready", START, () -> status("http://" + operations + "/readyz") == 200);
  }

  private int status(String url) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** Sends a signal, such as STOP. */
  void signal(String name) throws IOException, InterruptedException {
    process.signal(name);
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
