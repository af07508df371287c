package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.app.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Kafka broker in a JVM of its own, which can be made to hang. It ends with this JVM. */
final class BrokerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Pattern ADDRESS = Pattern.compile("^Kafka at (\\S+)$", Pattern.MULTILINE);

  private final Process process;
  private final Path output;
  private final Thread onShutdown;

  private BrokerProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.onShutdown = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onShutdown);
  }

  static BrokerProcess start(Path folder, Path output) throws Exception {
    return start(folder, 0, output);
  }

  /** Starts a broker on a port of its own, or on that of one that was there before. */
  static BrokerProcess start(Path folder, int port, Path output) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName(),
            folder.toString(),
            String.valueOf(port));
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    BrokerProcess broker = new BrokerProcess(builder.start(), output);
    Patience.until("the broker starts", START, () -> broker.address().find());
    return broker;
  }

  private Matcher address() throws IOException {
    return ADDRESS.matcher(Files.readString(output, UTF_8));
  }

  String bootstrapServers() throws IOException {
    Matcher address = address();
    if (!address.find()) {
      throw new IllegalStateException("the broker has no address");
    }
    return address.group(1);
  }

  int port() throws IOException {
    String address = bootstrapServers();
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  /** From now on it holds its connections and answers nothing. */
  void pause() throws Exception {
    signal("STOP");
  }

  /** It goes on. */
  void resume() throws Exception {
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    int status =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    if (status != 0) {
      throw new AssertionError("kill -" + name + " answered " + status);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
    Runtime.getRuntime().removeShutdownHook(onShutdown);
  }

  /** The child: runs until it is killed. */
  public static void main(String[] arguments) throws IOException {
    EmbeddedBroker broker =
        EmbeddedBroker.start(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
    System.out.println("Kafka at " + broker.bootstrapServers());
  }
}
