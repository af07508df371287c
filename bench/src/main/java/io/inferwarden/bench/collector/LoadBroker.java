package io.inferwarden.bench.collector;

import io.inferwarden.app.embedded.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A broker in a JVM of its own, in a temporary folder; it ends when its input does. */
final class LoadBroker implements AutoCloseable {
  private static final String ADDRESS = "Kafka at ";

  private final Process process;
  private final String bootstrapServers;

  private LoadBroker(Process process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  static LoadBroker start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                LoadBroker.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(ADDRESS)) {
        drain(output);
        return new LoadBroker(process, line.substring(ADDRESS.length()));
      }
    }
    throw new IOException("the broker did not start");
  }

  /** A full pipe would hold up the broker as it logs. */
  private static void drain(BufferedReader output) {
    Thread draining = new Thread(() -> output.lines().forEach(line -> {}), "broker-output");
    draining.setDaemon(true);
    draining.start();
  }

  Map<String, Object> connection() {
    return Map.of("bootstrap.servers", bootstrapServers);
  }

  void create(List<String> topics, int partitions) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(connection())) {
      admin
          .createTopics(
              topics.stream().map(name -> new NewTopic(name, partitions, (short) 1)).toList())
          .all()
          .get();
    }
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The child. */
  public static void main(String[] arguments) throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      System.out.println(ADDRESS + broker.bootstrapServers());
      while (System.in.read() >= 0) {
        // until the parent ends
      }
    }
  }
}
