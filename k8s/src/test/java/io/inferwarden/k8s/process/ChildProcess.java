package io.inferwarden.k8s.process;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/** A process that a test starts, reads and breaks. It ends with this JVM. */
public final class ChildProcess implements AutoCloseable {
  private static final long BETWEEN_LOOKS_MILLIS = 200;

  private final Process process;
  private final Path output;
  private final Thread onShutdown;

  private ChildProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.onShutdown = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onShutdown);
  }

  /** Starts a program; what it prints goes into a file. */
  public static ChildProcess start(List<String> command, Path output) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new ChildProcess(builder.start(), output);
  }

  /** Starts a class of the test's class path in a JVM of its own. */
  public static ChildProcess java(
      Path output, List<String> options, String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    return start(command, output);
  }

  /** What it printed so far. */
  public String printed() throws IOException {
    return Files.readString(output, UTF_8);
  }

  /** Waits until it prints something, and returns the first group of it. */
  public String awaitPrinted(Pattern pattern, Duration patience) throws Exception {
    until("it prints " + pattern, patience, () -> find(pattern).find());
    Matcher found = find(pattern);
    if (!found.find()) {
      throw new IllegalStateException("it no longer says " + pattern);
    }
    return found.group(1);
  }

  private Matcher find(Pattern pattern) throws IOException {
    if (!process.isAlive()) {
      throw new AssertionError("the process has ended; it printed:\n" + printed());
    }
    return pattern.matcher(printed());
  }

  /** Sends a signal, such as STOP. */
  public void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    if (status != 0) {
      throw new AssertionError("kill -" + name + " answered " + status);
    }
  }

  /** Looks again and again until something holds; fails when it does not come to. */
  public static void until(String expectation, Duration patience, Callable<Boolean> condition)
      throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > patience.toNanos()) {
        throw new AssertionError(
            "within " + patience.toSeconds() + " s it did not come true that " + expectation);
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
