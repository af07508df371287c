package io.inferwarden.bench.collector;

import io.inferwarden.ingest.audit.AuditChains;
import io.inferwarden.ingest.audit.AuditSigner;
import io.inferwarden.ingest.collector.EventLog;
import io.inferwarden.ingest.collector.log.AuditTrail;
import io.inferwarden.ingest.collector.log.ChainedAudit;
import io.inferwarden.ingest.collector.log.KafkaEventLog;
import io.inferwarden.ingest.collector.log.KafkaLogSettings;
import io.inferwarden.ingest.collector.log.LogMetrics;
import io.inferwarden.ingest.collector.log.LogTopics;
import io.inferwarden.ingest.collector.log.SpoolSettings;
import io.inferwarden.ingest.collector.log.SpooledEventLog;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Reads JSON lines in batches of 500 and appends them to the log, against a broker in a JVM of its
 * own: with and without the audit, as fast as it goes and at a fifth of that. Everything of a
 * collector but HTTP and the door.
 *
 * <pre>CollectorLoad [--seconds 10] [--senders 8] [--partitions 4] [--spool] [--minutes M]</pre>
 */
public final class CollectorLoad {
  private static final LogTopics TOPICS =
      new LogTopics("inference-events", "inference-audit", "text");
  private static final int ROUNDS = 3;
  private static final double MEBIBYTES = 1 << 20;

  private final LoadBroker broker;
  private final LoadLines lines = new LoadLines(11);
  private final double seconds;
  private final int senders;
  private final boolean isSpooled;

  private CollectorLoad(LoadBroker broker, double seconds, int senders, boolean isSpooled) {
    this.broker = broker;
    this.seconds = seconds;
    this.senders = senders;
    this.isSpooled = isSpooled;
  }

  /** Prints what it measures. */
  public static void main(String[] arguments) throws Exception {
    List<String> options = Arrays.asList(arguments);
    try (LoadBroker broker = LoadBroker.start()) {
      broker.create(
          List.of(TOPICS.events(), TOPICS.audit(), TOPICS.text()),
          (int) number(options, "--partitions", 4));
      CollectorLoad load =
          new CollectorLoad(
              broker,
              number(options, "--seconds", 10),
              (int) number(options, "--senders", 8),
              options.contains("--spool"));
      double minutes = number(options, "--minutes", 0);
      if (minutes > 0) {
        load.memory(minutes);
      } else {
        load.throughput();
      }
    }
  }

  private static double number(List<String> options, String name, double otherwise) {
    int at = options.indexOf(name);
    return at < 0 ? otherwise : Double.parseDouble(options.get(at + 1));
  }

  /** Rounds with and without the audit by turns, since machines change their pace. */
  private void throughput() throws Exception {
    measure("warm-up", true, 0);
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    for (int round = 1; round <= ROUNDS; round++) {
      with.add(measure("audit on ", true, 0).eventsPerSecond());
      without.add(measure("audit off", false, 0).eventsPerSecond());
    }
    double best = with.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double bestWithout = without.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    measure("a fifth  ", true, best / 5);
    System.out.printf(
        Locale.ROOT,
        "The audit costs %.1f %% (best of %d rounds each); the machine's load is %.1f%n",
        100 * (1 - best / bestWithout),
        ROUNDS,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private LoadRun.Result measure(String what, boolean isAudited, double rate) throws Exception {
    try (EventLog log = log(isAudited)) {
      LoadRun.Result result = new LoadRun(log, lines, senders).run(seconds, rate);
      System.out.printf(Locale.ROOT, "%s: %s%n", what, result);
      return result;
    }
  }

  /** At the required pace, what is on the heap after each minute. */
  private void memory(double minutes) throws Exception {
    try (EventLog log = log(true)) {
      LoadRun run = new LoadRun(log, lines, senders);
      for (int minute = 0; minute <= minutes; minute++) {
        System.out.printf(
            Locale.ROOT,
            "minute %2d: %6.1f MiB live; %s%n",
            minute,
            live() / MEBIBYTES,
            run.run(minute < minutes ? 60 : 1, 8_000));
      }
    }
  }

  private static double live() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return (double) runtime.totalMemory() - runtime.freeMemory();
  }

  private EventLog log(boolean isAudited) throws IOException, InterruptedException {
    KafkaLogSettings settings =
        KafkaLogSettings.of(broker.connection(), "load", isAudited ? "audited" : "plain", TOPICS);
    AuditTrail audit =
        isAudited
            ? new ChainedAudit(
                "load-audited",
                AuditSigner.generate(new SecureRandom()),
                AuditChains.Settings.defaults(),
                Clock.systemUTC(),
                new SplittableRandom(7))
            : AuditTrail.NONE;
    LogMetrics metrics = new LogMetrics(new CollectorRegistry());
    EventLog log;
    if (isSpooled) {
      Path folder = Files.createTempDirectory("inferwarden-spool-");
      log =
          SpooledEventLog.start(
              SpoolSettings.of(folder),
              settings,
              audit,
              metrics,
              Clock.systemUTC(),
              System::nanoTime);
    } else {
      log = KafkaEventLog.start(settings, audit, metrics, System::nanoTime);
    }
    while (!log.isTaking()) {
      Thread.sleep(50);
    }
    return log;
  }
}
