package io.inferwarden.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir Path folder;

  /** A Kafka that takes connections and says nothing holds the start up where it asks first. */
  @Test
  void servesMetricsAndHealthBeforeItHasSpokenToKafka() throws Exception {
    int port = freePort();
    try (ServerSocket silentKafka = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread starting = new Thread(() -> start(silentKafka.getLocalPort(), port), "starting");
      starting.setDaemon(true); // a client of Kafka gives up only in its own time, in 20 seconds
      starting.start();

      try (Socket asked = silentKafka.accept()) {
        assertThat(asked.isConnected()).isTrue();
        assertThat(get(port, "/healthz").statusCode()).isEqualTo(200);
        assertThat(get(port, "/startupz").statusCode()).isEqualTo(503);
        assertThat(get(port, "/readyz").statusCode()).isEqualTo(503);
        assertThat(get(port, "/readyz").body())
            .contains("\"STARTING\"", "its topics are being prepared");
        assertThat(get(port, "/metrics").body())
            .contains("inferwarden_alive 1.0", "inferwarden_ready 0.0");
        assertThat(get(port, "/api/v1/incidents").statusCode()).isEqualTo(503);
      } finally {
        starting.interrupt();
      }
    }
  }

  private void start(int kafkaPort, int port) {
    RunConfig config =
        RunConfigFile.parse(
            "test",
            """
            kafka: {bootstrapServers: "127.0.0.1:%d"}
            instance: {stateFolder: "%s"}
            operations: {port: %d}
            incidents: {file: "%s"}
            """
                .formatted(kafkaPort, folder, port, folder.resolve("incidents.jsonl")),
            folder);
    try {
      Deployment.startDetection(config, 1, Map.of(), Clock.systemUTC()).close();
    } catch (IOException | InterruptedException e) {
      Thread.currentThread().interrupt(); // as it is to end, when the test has seen enough
    }
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
