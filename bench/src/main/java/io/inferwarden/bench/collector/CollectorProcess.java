package io.inferwarden.bench.collector;

import io.inferwarden.app.InferwardenApp;
import io.inferwarden.bench.process.ChildProcess;
import io.inferwarden.bench.process.LauncherOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code inferwarden collect} in a JVM of its own, with the options of the launcher. */
final class CollectorProcess implements AutoCloseable {
  private static final Pattern LISTENING =
      Pattern.compile("Events: http://127\\.0\\.0\\.1:(\\d+)/");
  private static final Pattern HEAP_USED =
      Pattern.compile("(?m)^jvm_memory_bytes_used\\{area=\"heap\",?} (\\S+)$");
  private static final double MEBIBYTE = 1 << 20;
  private static final int MOST_LOOKS = 600;

  private final ChildProcess child;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private CollectorProcess(ChildProcess child, int port) {
    this.child = child;
    this.port = port;
  }

  /**
   * Starts one and waits until it takes events.
   *
   * @param folder of its own, for configuration, state and spool
   * @param options for its JVM, beside those of the launcher
   */
  static CollectorProcess start(
      String bootstrapServers,
      Path folder,
      int partitions,
      boolean isAudited,
      boolean isSpooled,
      List<String> options)
      throws IOException, InterruptedException {
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        String.format(
            Locale.ROOT,
            """
            kafka: {bootstrapServers: "%s", applicationId: load, partitions: %d, replication: 1}
            instance: {id: "%s", stateFolder: "%s"}
            collector: {port: 0}
            audit: {enabled: %b}
            """,
            bootstrapServers,
            partitions,
            folder.getFileName(),
            folder,
            isAudited));
    List<String> arguments = new ArrayList<>(List.of("collect", "--config", config.toString()));
    if (isSpooled) {
      arguments.addAll(List.of("--spool", folder.resolve("spool").toString()));
    }
    ChildProcess child =
        ChildProcess.start(InferwardenApp.class, LauncherOptions.and(options), arguments);
    CollectorProcess collector = null;
    try {
      Matcher listening = child.await(LISTENING);
      collector = new CollectorProcess(child, Integer.parseInt(listening.group(1)));
      collector.awaitReady();
      return collector;
    } catch (IOException | InterruptedException | RuntimeException e) {
      child.close();
      throw e;
    }
  }

  private void awaitReady() throws IOException, InterruptedException {
    for (int look = 0; look < MOST_LOOKS; look++) {
      if (isReady()) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IOException("the collector does not become ready");
  }

  private boolean isReady() throws IOException, InterruptedException {
    try {
      return get("/readyz").statusCode() == 200;
    } catch (ConnectException busy) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  int port() {
    return port;
  }

  Duration processorTime() {
    return child.processorTime();
  }

  /** What is on the heap after a collection of garbage. */
  double liveMebibytes() throws IOException, InterruptedException {
    child.collectGarbage();
    Matcher used = HEAP_USED.matcher(get("/metrics").body());
    if (!used.find()) {
      throw new IOException("the collector's metrics do not tell its heap");
    }
    return Double.parseDouble(used.group(1)) / MEBIBYTE;
  }

  @Override
  public void close() {
    child.close();
  }
}
