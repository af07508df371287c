package io.inferwarden.k8s.dashboards;

import io.inferwarden.app.InferwardenApp;
import io.inferwarden.k8s.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The platform as {@code run --embedded} starts it, in a JVM of its own, which ends with this one.
 */
final class PlatformProcess implements AutoCloseable {
  private static final Pattern BROKER = Pattern.compile("Watching ([^;\\s]+);");
  private static final Pattern METRICS = Pattern.compile("Metrics and health: (\\S+)/metrics");
  private static final Pattern EVENTS = Pattern.compile("Events: ([^\\s,]+),");

  private static final Duration START = Duration.ofMinutes(2);

  private final ChildProcess process;

  private PlatformProcess(ChildProcess process) {
    this.process = process;
  }

  /** Starts it with a collector, a spool and a webhook that nobody answers. */
  static PlatformProcess start(Path folder) throws IOException {
    Path config = folder.resolve("inferwarden.yaml");
    Files.writeString(
        config,
        """
        kafka: {partitions: 2}
        instance: {stateFolder: "%1$s/state"}
        operations: {port: 0}
        incidents: {file: "%1$s/incidents.jsonl"}
        collector: {port: 0, spool: {folder: "%1$s/spool"}}
        alerts:
          allow: [127.0.0.1]
          sinks: [{name: soc, type: webhook, url: "http://127.0.0.1:9/", secretFile: "%1$s/secret"}]
        policy: {learning: 24h, idleAfter: 3s}
        """
            .formatted(folder));
    Files.writeString(folder.resolve("secret"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    return new PlatformProcess(
        ChildProcess.java(
            folder.resolve("platform.log"),
            List.of("-Xmx768m", "-XX:TieredStopAtLevel=4"),
            InferwardenApp.class.getName(),
            "run",
            "--embedded",
            "--config",
            config.toString()));
  }

  /** Waits until it says where its broker is. */
  String bootstrapServers() throws Exception {
    return process.awaitPrinted(BROKER, START);
  }

  /** Waits until it says where its metrics and its API are: {@code http://host:port}. */
  String operations() throws Exception {
    return process.awaitPrinted(METRICS, START);
  }

  /** Waits until it says where events are sent to. */
  String collector() throws Exception {
    return process.awaitPrinted(EVENTS, START);
  }

  @Override
  public void close() throws InterruptedException {
    process.close();
  }
}
