package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.ingest.audit.AuditEntry;
import io.inferwarden.ingest.collector.AdmittedEvent;
import io.inferwarden.ingest.collector.EventLog;
import io.inferwarden.ingest.collector.UnavailableException;
import io.inferwarden.ingest.collector.log.KafkaEventLog;
import io.inferwarden.ingest.collector.log.KafkaLogSettings;
import io.inferwarden.ingest.collector.log.LogMetrics;
import io.inferwarden.ingest.collector.log.LogTopics;
import io.inferwarden.ingest.collector.log.SpoolSettings;
import io.inferwarden.ingest.collector.log.SpooledEventLog;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A log under load in a JVM of its own, to be killed or stopped. It prints the ids of what was
 * acknowledged, after it was, and why something was refused. It ends with this JVM.
 */
final class CollectorProcess implements AutoCloseable {
  static final String APPLICATION = "collected";
  static final LogTopics TOPICS = new LogTopics("inference-events", "inference-audit", "texts");
  static final int BATCH = 20;
  private static final int SENDERS = 4;

  private final Process process;
  private final Path output;
  private final Thread onShutdown;

  private CollectorProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
    this.onShutdown = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onShutdown);
  }

  /**
   * @param run what the ids of its events begin with
   * @param spool folder of its spool; empty for none
   */
  static CollectorProcess start(String bootstrapServers, String run, String spool, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CollectorProcess.class.getName(),
            bootstrapServers,
            run,
            spool);
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    return new CollectorProcess(builder.start(), output);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ids of the events that were acknowledged so far. */
  Set<String> acknowledged() throws IOException {
    Set<String> ids = new HashSet<>();
    for (String line : lines("ack ")) {
      String[] words = line.split(" ", -1);
      for (int i = 0; i < BATCH; i++) {
        ids.add(words[1] + "-" + i);
      }
    }
    return ids;
  }

  /** Why batches were refused, each reason as often as it was told. */
  List<String> refused() throws IOException {
    return lines("refused ");
  }

  String printed() throws IOException {
    return Files.readString(output, UTF_8);
  }

  /** The last line may be half of one. */
  private List<String> lines(String beginning) throws IOException {
    String printed = printed();
    return printed
        .substring(0, printed.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> line.startsWith(beginning))
        .toList();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it in good order, as SIGTERM does. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      throw new AssertionError("the collector did not stop within 40 s of being asked to");
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
    Runtime.getRuntime().removeShutdownHook(onShutdown);
  }

  /** The child: appends until it is killed or stopped. */
  public static void main(String[] arguments) throws IOException {
    EventLog log = log(arguments[0], arguments[2]);
    AtomicLong batches = new AtomicLong();
    PrintStream out = System.out;
    for (int sender = 0; sender < SENDERS; sender++) {
      Thread sending = new Thread(() -> send(log, arguments[1], batches, out), "sender-" + sender);
      sending.setDaemon(true);
      sending.start();
    }
    Runtime.getRuntime().addShutdownHook(new Thread(log::close));
  }

  private static EventLog log(String bootstrapServers, String spool) throws IOException {
    KafkaLogSettings settings =
        KafkaLogSettings.of(
                Map.of("bootstrap.servers", bootstrapServers), APPLICATION, "one", TOPICS)
            .withDeadline(Duration.ofSeconds(4));
    LogMetrics metrics = new LogMetrics(new CollectorRegistry());
    if (spool.isEmpty()) {
      return KafkaEventLog.start(settings, new CountingTrail(), metrics, System::nanoTime);
    }
    return SpooledEventLog.start(
        new SpoolSettings(Path.of(spool), 1L << 30, 1L << 20),
        settings,
        new CountingTrail(),
        metrics,
        Clock.systemUTC(),
        System::nanoTime);
  }

  private static void send(EventLog log, String run, AtomicLong batches, PrintStream out) {
    try {
      while (true) {
        String batch = run + "-" + batches.incrementAndGet();
        List<AdmittedEvent> events = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
          events.add(event(batch + "-" + i, "principal-" + (batch.hashCode() + 31 * i) % 500));
        }
        try {
          log.append(events).get();
          out.println("ack " + batch);
          // a steady load of some thousand events a second, so that the tests can read all of it
          TimeUnit.MILLISECONDS.sleep(20);
        } catch (ExecutionException e) {
          if (!(e.getCause() instanceof UnavailableException away)) {
            throw new IllegalStateException(e);
          }
          out.println("refused " + away.reason() + " " + away.getMessage());
          TimeUnit.MILLISECONDS.sleep(100);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static AdmittedEvent event(String id, String principal) {
    AuditEntry audit =
        new AuditEntry(
            id,
            1_780_000_000_000L,
            1_780_000_000_001L,
            "events",
            "local",
            "default",
            principal,
            null,
            "m",
            "7",
            null,
            null,
            "ok",
            null,
            null);
    String json = "{\"id\":\"" + id + "\",\"principal\":\"" + principal + "\"}";
    return new AdmittedEvent(principal, json.getBytes(UTF_8), audit, null);
  }
}
