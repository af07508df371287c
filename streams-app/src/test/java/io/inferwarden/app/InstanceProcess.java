package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command {@code run} in a JVM of its own, to be killed or stopped. It ends with this JVM. */
final class InstanceProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration ANSWER = Duration.ofSeconds(5);
  private static final Pattern ADDRESS =
      Pattern.compile("^Metrics and health: (http://\\S+)/metrics$", Pattern.MULTILINE);

  private final Process process;
  private final Path output;
  private final Thread onShutdown;
  private final HttpClient client = HttpClient.newHttpClient();

  private InstanceProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.onShutdown = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onShutdown);
  }

  /** Starts an instance, which is not ready yet; what it prints goes into a file. */
  static InstanceProcess start(Path config, Path output) throws IOException {
    return start(List.of(), config, output, Map.of());
  }

  /**
   * The same through another program.
   *
   * @param through a command that runs the command which follows it, in its own process; may be
   *     empty
   */
  static InstanceProcess start(
      List<String> through, Path config, Path output, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(through);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            InferwardenApp.class.getName(),
            "run",
            "--config",
            config.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new InstanceProcess(builder.start(), output);
  }

  /** Returns when it says that all its partitions are being judged. */
  InstanceProcess awaitReady() throws Exception {
    if (!Patience.holdsWithin(START, () -> !process.isAlive() || isReady()) || !process.isAlive()) {
      throw new AssertionError("the instance is not ready; it printed:\n" + printed());
    }
    return this;
  }

  /** Whether it serves metrics and health already. */
  boolean isServing() throws IOException {
    return address() != null;
  }

  private boolean isReady() throws IOException, InterruptedException {
    return isServing() && get("/readyz").statusCode() == 200;
  }

  /** What it printed and logged so far. */
  String printed() throws IOException {
    return Files.readString(output, UTF_8);
  }

  private String address() throws IOException {
    Matcher matcher = ADDRESS.matcher(printed());
    return matcher.find() ? matcher.group(1) : null;
  }

  /** What its operations endpoint answers. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(address() + path)).timeout(ANSWER).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the process as a crash would: nothing is flushed, committed or left. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it in good order, as Ctrl-C does. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      throw new AssertionError("the instance did not stop within 40 s of being asked to");
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
    Runtime.getRuntime().removeShutdownHook(onShutdown);
  }
}
