package io.inferwarden.alerting.sink.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.sink.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Two real Alertmanagers that know each other, as Debian ships them. */
final class AlertmanagerPair implements AutoCloseable {
  static final Path PROGRAM = Path.of("/usr/bin/prometheus-alertmanager");
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();
  private final List<URI> urls = new ArrayList<>();

  AlertmanagerPair(Path folder, URI webhook) throws IOException {
    Path config = folder.resolve("alertmanager.yml");
    Files.writeString(
        config,
        String.join(
            "\n",
            "route:",
            "  receiver: hook",
            "  group_by: [alertname]",
            "  group_wait: 2s",
            "  group_interval: 2s",
            "  repeat_interval: 1h",
            "receivers:",
            "  - name: hook",
            "    webhook_configs:",
            "      - url: " + webhook,
            "        send_resolved: true",
            ""));
    List<Integer> cluster = freePorts(2);
    List<Integer> web = freePorts(2);
    for (int i = 0; i < 2; i++) {
      urls.add(URI.create("http://127.0.0.1:" + web.get(i)));
      processes.add(
          new ProcessBuilder(
                  PROGRAM.toString(),
                  "--config.file=" + config,
                  "--storage.path=" + folder.resolve("data-" + i),
                  "--web.listen-address=127.0.0.1:" + web.get(i),
                  "--cluster.listen-address=127.0.0.1:" + cluster.get(i),
                  "--cluster.peer=127.0.0.1:" + cluster.get(1 - i),
                  "--cluster.settle-timeout=1s",
                  "--cluster.peer-timeout=2s")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log-" + i + ".txt").toFile())
              .start());
    }
    for (URI url : urls) {
      await(() -> isReady(url));
    }
  }

  List<URI> urls() {
    return urls;
  }

  /** All alerts that a replica has. */
  JsonNode alerts(URI url) {
    return Json.parse(ask(url.resolve("/api/v2/alerts")).body());
  }

  /** What amtool prints. */
  String amtool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("amtool", "--alertmanager.url=" + urls.get(0)));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("amtool failed: " + output);
    }
    return output;
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not so within " + DEADLINE);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  @Override
  public void close() {
    processes.forEach(Process::destroyForcibly);
  }

  private boolean isReady(URI url) {
    try {
      return ask(url.resolve("/-/ready")).statusCode() == 200;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private HttpResponse<String> ask(URI address) {
    try {
      return client.send(
          HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      ports.add(sockets.get(i).getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }
}
