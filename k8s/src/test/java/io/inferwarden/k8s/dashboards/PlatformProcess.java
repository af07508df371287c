package io.inferwarden.k8s.dashboards;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The platform as {@code run --embedded} starts it, in a JVM of its own, which ends with this one.
 */
final class PlatformProcess implements AutoCloseable {
  private static final Pattern BROKER = Pattern.compile("Watching ([^;\\s]+);");
  private static final Pattern METRICS = Pattern.compile("Metrics and health: (\\S+)/metrics");
  private static final Pattern EVENTS = Pattern.compile("Events: ([^\\s,]+),");

  private final Process process;
  private final Path output;
  private final Thread onShutdown;

  private PlatformProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.onShutdown = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onShutdown);
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
          sinks: [{name: soc, type: webhook, url: "http://127.0.0.1:9/", secretEnv: SOC}]
        policy: {learning: 24h, idleAfter: 3s}
        """
            .formatted(folder));
    Path output = folder.resolve("platform.log");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "io.inferwarden.app.InferwardenApp",
            "run",
            "--embedded",
            "--config",
            config.toString());
    builder.environment().put("SOC", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new PlatformProcess(builder.start(), output);
  }

  /** Whether it has said that it takes events. */
  boolean isUp() throws IOException {
    if (!process.isAlive()) {
      throw new IllegalStateException("the platform has ended:\n" + printed());
    }
    return find(EVENTS).isPresent();
  }

  String bootstrapServers() throws IOException {
    return find(BROKER).orElseThrow();
  }

  /** {@code http://host:port} of metrics and of the API. */
  String operations() throws IOException {
    return find(METRICS).orElseThrow();
  }

  /** Where events are sent to. */
  String collector() throws IOException {
    return find(EVENTS).orElseThrow();
  }

  String printed() throws IOException {
    return Files.readString(output, UTF_8);
  }

  private Optional<String> find(Pattern pattern) throws IOException {
    Matcher matcher = pattern.matcher(printed());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
    Runtime.getRuntime().removeShutdownHook(onShutdown);
  }
}
