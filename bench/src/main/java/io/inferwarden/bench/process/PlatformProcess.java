package io.inferwarden.bench.process;

import io.inferwarden.app.InferwardenApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** {@code inferwarden run} in a JVM of its own, watched through its metrics. */
public final class PlatformProcess implements AutoCloseable {
  private static final Pattern METRICS =
      Pattern.compile("Metrics and health: (http://\\S+/metrics)");
  private static final long LOOK_MILLIS = 100;

  /**
   * What it is to do.
   *
   * @param bootstrapServers where Kafka is
   * @param application name of its group
   * @param partitions of the events
   * @param maximumPrincipals of the policy, for each partition
   * @param threads that judge
   * @param options for its JVM, beside those of the launcher
   */
  public record Settings(
      String bootstrapServers,
      String application,
      int partitions,
      int maximumPrincipals,
      int threads,
      List<String> options) {
    public Settings {
      options = List.copyOf(options);
    }
  }

  private final ChildProcess child;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI metrics;

  private PlatformProcess(ChildProcess child, URI metrics) {
    this.child = child;
    this.metrics = metrics;
  }

  /**
   * Starts one.
   *
   * @param folder of its own, for configuration and state
   */
  public static PlatformProcess start(Settings settings, Path folder) throws IOException {
    Path config = Files.createDirectories(folder).resolve("config.yaml");
    Files.writeString(
        config,
        String.format(
            Locale.ROOT,
            """
            kafka: {bootstrapServers: "%s", applicationId: "%s", partitions: %d, replication: 1}
            instance: {stateFolder: "%s"}
            incidents: {file: "%s"}
            operations: {port: 0}
            policy: {maximumPrincipals: %d}
            """,
            settings.bootstrapServers(),
            settings.application(),
            settings.partitions(),
            folder.resolve("state"),
            folder.resolve("incidents.jsonl"),
            settings.maximumPrincipals()));
    List<String> arguments =
        List.of(
            "run", "--config", config.toString(), "--threads", String.valueOf(settings.threads()));
    ChildProcess child =
        ChildProcess.start(
            InferwardenApp.class, LauncherOptions.and(settings.options()), arguments);
    try {
      return new PlatformProcess(child, URI.create(child.await(METRICS).group(1)));
    } catch (IOException | RuntimeException e) {
      child.close();
      throw e;
    }
  }

  /** The sum of a metric over its labels; 0 while there is none. */
  public double sum(String name) throws IOException, InterruptedException {
    return sum(metrics(), name);
  }

  /** The sum of a metric over its labels in a text of metrics; 0 where there is none. */
  static double sum(String text, String name) {
    double sum = 0;
    for (String line : text.split("\n", -1)) {
      if (line.startsWith(name)
          && (line.startsWith("{", name.length()) || line.startsWith(" ", name.length()))) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return sum;
  }

  private String metrics() throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /**
   * Waits until the sum of a metric has come to a figure.
   *
   * @param patience how long it may stand still
   * @throws IOException when it stands still for longer
   */
  public void await(String name, long wanted, Duration patience)
      throws IOException, InterruptedException {
    double before = Double.NaN;
    long moved = System.nanoTime();
    for (double now = sum(name); now < wanted; now = sum(name)) {
      if (now != before) {
        before = now;
        moved = System.nanoTime();
      } else if (System.nanoTime() - moved > patience.toNanos()) {
        throw new IOException(name + " stands still at " + now + " of " + wanted);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  /** What is on the heap after a collection of garbage, bytes. */
  public double liveBytes() throws IOException, InterruptedException {
    child.collectGarbage();
    for (String line : metrics().split("\n", -1)) {
      if (line.startsWith("jvm_memory_bytes_used{area=\"heap\"")) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    throw new IOException("the metrics do not tell the heap");
  }

  /** The classes whose objects take most of the heap: number, objects, bytes, name. */
  public List<String> largestClasses(int count) throws IOException, InterruptedException {
    return child.largestClasses(count);
  }

  @Override
  public void close() {
    child.close();
  }
}
