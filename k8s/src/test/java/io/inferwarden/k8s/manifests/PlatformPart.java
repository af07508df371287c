package io.inferwarden.k8s.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.app.InferwardenApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command of the platform in a JVM of its own, which ends with this one. */
final class PlatformPart implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long BETWEEN_LOOKS_MILLIS = 100;

  private final Process process;
  private final Path output;
  private final Thread onShutdown;

  private PlatformPart(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.onShutdown = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onShutdown);
  }

  /**
   * Starts it.
   *
   * @param output gets what it prints and logs
   */
  static PlatformPart start(Path output, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(InferwardenApp.class.getName());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new PlatformPart(builder.start(), output);
  }

  /** What it printed and logged so far. */
  String printed() throws IOException {
    return Files.readString(output, UTF_8);
  }

  /** Waits until it prints something, and returns the first group of it. */
  String awaitPrinted(Pattern pattern) throws Exception {
    until("it prints " + pattern, () -> find(pattern).find());
    Matcher found = find(pattern);
    if (!found.find()) {
      throw new IllegalStateException("it no longer says " + pattern);
    }
    return found.group(1);
  }

  private Matcher find(Pattern pattern) throws IOException {
    String printed = printed();
    if (!process.isAlive()) {
      throw new AssertionError("the process has ended; it printed:\n" + printed);
    }
    return pattern.matcher(printed);
  }

  /** Looks again and again until something holds; fails when it does not come to. */
  static void until(String expectation, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError(
            "within " + PATIENCE.toSeconds() + " s it did not come true that " + expectation);
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
    Runtime.getRuntime().removeShutdownHook(onShutdown);
  }
}
