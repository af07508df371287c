package io.inferwarden.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A JVM of its own with the class path of this one; ended politely. */
public final class ChildProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
  private static final long PATIENCE_SECONDS = 60;
  private static final Pattern CLASS_LINE = Pattern.compile("^ *\\d+: ");

  private final Process process;
  private final BufferedReader output;

  /** Who stops a benchmark stops its processes. */
  private final Thread ending;

  private volatile boolean isClosed;

  private ChildProcess(Process process) {
    this.process = process;
    this.ending = new Thread(this::end, "ending");
    Runtime.getRuntime().addShutdownHook(ending);
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  public static ChildProcess start(Class<?> main, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(tool("java"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** Waits for a line in which the pattern is found; what follows is not read by anybody else. */
  public Matcher await(Pattern pattern) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.find()) {
        drain();
        return matcher;
      }
    }
    throw new IOException("a process ended before it said " + pattern);
  }

  /** A full pipe would hold up the process as it logs. */
  private void drain() {
    Thread draining = new Thread(this::readToTheEnd, "output");
    draining.setDaemon(true);
    draining.start();
  }

  private void readToTheEnd() {
    try {
      while (output.readLine() != null) {
        // nobody wants what is said after the answer
      }
    } catch (IOException e) {
      if (!isClosed) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Of all its threads, since it began. */
  public Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  public void collectGarbage() throws IOException, InterruptedException {
    ask("GC.run");
  }

  /** The classes whose objects take most of the heap, after a collection of garbage. */
  public List<String> largestClasses(int count) throws IOException, InterruptedException {
    return ask("GC.class_histogram").lines().filter(CLASS_LINE.asPredicate()).limit(count).toList();
  }

  private String ask(String question) throws IOException, InterruptedException {
    Process asking =
        new ProcessBuilder(tool("jcmd"), Long.toString(process.pid()), question)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (asking.waitFor() != 0) {
      throw new IOException("jcmd could not do " + question + ": " + answer);
    }
    return answer;
  }

  private void end() {
    isClosed = true;
    process.destroy();
  }

  @Override
  public void close() {
    end();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    forgetEnding();
  }

  private void forgetEnding() {
    try {
      Runtime.getRuntime().removeShutdownHook(ending);
    } catch (IllegalStateException e) {
      LOG.debug("This process ends itself", e);
    }
  }
}
