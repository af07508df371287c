package io.inferwarden.app.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An {@link EmbeddedBroker} in a JVM of its own, for tests that kill brokers, measure throughput or
 * restart the application under test. The child also ends when this JVM does.
 */
public final class BrokerProcess implements AutoCloseable {
  private static final String READY = "bootstrap=";

  private final Process process;
  private final String bootstrapServers;

  private BrokerProcess(Process process, String bootstrapServers) {
    this.process = process;
    this.bootstrapServers = bootstrapServers;
  }

  /** Starts a broker in a temporary folder, deleted by an orderly {@link #close}. */
  public static BrokerProcess start() throws IOException {
    return launch(List.of());
  }

  /** Starts a broker in a named folder. */
  public static BrokerProcess start(Path dataFolder) throws IOException {
    return launch(List.of(dataFolder.toString()));
  }

  private static BrokerProcess launch(List<String> arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseParallelGC",
            "-cp",
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName());
    builder.command().addAll(arguments);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    BufferedReader output = process.inputReader(UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(READY)) {
        return new BrokerProcess(process, line.substring(READY.length()));
      }
    }
    process.destroyForcibly();
    throw new IOException("the broker process ended before it was ready");
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Ends the process as a crash would: nothing is flushed, committed or deleted. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops the broker in good order, or kills it when that takes longer than ten seconds. */
  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** The child: serves until its standard input ends, which the parent's end brings about too. */
  public static void main(String[] arguments) throws Exception {
    try (EmbeddedBroker broker =
        arguments.length == 0
            ? EmbeddedBroker.start()
            : EmbeddedBroker.start(Path.of(arguments[0]))) {
      System.out.println(READY + broker.bootstrapServers());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
