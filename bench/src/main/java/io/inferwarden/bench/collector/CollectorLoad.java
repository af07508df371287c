package io.inferwarden.bench.collector;

import io.inferwarden.bench.process.BrokerProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.utils.Utils;

/**
 * Posts JSON lines in batches of 500 over loopback to {@code inferwarden collect}, which runs in a
 * JVM of its own, as does its broker: with and without the audit, as fast as they are taken, and at
 * a fifth of what is required. {@code --help} tells the options; {@code --option} may be {@code
 * -XX:StartFlightRecording=filename=NAME.jfr,dumponexit=true}.
 */
public final class CollectorLoad {
  private static final int WARM_UP_ROUNDS = 3;

  private static final String HELP =
      """
      Posts events to a collector in a JVM of its own, with a broker in another one.

      CollectorLoad [--seconds 10] [--rounds 3] [--senders 8] [--partitions 4] [--rate 8000]
                    [--spool] [--minutes M] [--option OPTION]

        --seconds S     length of a round; paced rounds are twice as long
        --rounds N      rounds with the audit, and as many without, by turns
        --senders N     connections
        --partitions N  of the topic of events
        --rate R        events a second of the paced rounds
        --spool         the collectors have a spool
        --minutes M     instead: the live heap after each of M minutes at the rate
        --option O      for the JVMs of the collectors; NAME becomes audited or plain
      """;

  private final BrokerProcess broker;
  private final LoadRun load;
  private final List<String> options;
  private final Path folder;

  private CollectorLoad(BrokerProcess broker, List<String> options, Path folder) {
    this.broker = broker;
    this.options = options;
    this.folder = folder;
    this.load = new LoadRun(new LoadLines(11), (int) number(options, "--senders", 8));
  }

  /** Prints what it measures. */
  public static void main(String[] arguments) throws Exception {
    List<String> options = Arrays.asList(arguments);
    if (options.contains("--help")) {
      System.out.print(HELP);
      return;
    }
    Path folder = Files.createTempDirectory("inferwarden-load-");
    try (BrokerProcess broker = BrokerProcess.start()) {
      CollectorLoad load = new CollectorLoad(broker, options, folder);
      double minutes = number(options, "--minutes", 0);
      if (minutes > 0) {
        load.memory(minutes);
      } else {
        load.throughput();
      }
    } finally {
      Utils.delete(folder.toFile());
    }
  }

  private static double number(List<String> options, String name, double otherwise) {
    int at = options.indexOf(name);
    return at < 0 ? otherwise : Double.parseDouble(options.get(at + 1));
  }

  /** Rounds with and without the audit by turns, since machines change their pace. */
  private void throughput() throws Exception {
    double seconds = number(options, "--seconds", 10);
    int rounds = (int) number(options, "--rounds", 3);
    try (CollectorProcess audited = collector("audited", true);
        CollectorProcess plain = collector("plain", false)) {
      for (int round = 1; round <= WARM_UP_ROUNDS; round++) {
        measure("warm-up, audit on ", audited, seconds, 0);
        measure("warm-up, audit off", plain, seconds, 0);
      }
      double before = audited.liveMebibytes();
      List<Measured> with = new ArrayList<>();
      List<Measured> without = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        // each is first in every other round, since the broker still gets faster
        if (round % 2 == 0) {
          without.add(measure("audit off", plain, seconds, 0));
        }
        with.add(measure("audit on ", audited, seconds, 0));
        if (round % 2 == 1) {
          without.add(measure("audit off", plain, seconds, 0));
        }
      }
      double rate = number(options, "--rate", 8_000);
      for (int round = 1; round <= rounds; round++) {
        measure("audit on,  paced", audited, 2 * seconds, rate);
        measure("audit off, paced", plain, 2 * seconds, rate);
      }
      compare(with, without);
      print(
          "Heap of the audited collector after a collection: %.1f MiB before, %.1f MiB after%n",
          before, audited.liveMebibytes());
    }
  }

  private static void compare(List<Measured> with, List<Measured> without) {
    print(
        "The audit costs %.1f %% of the events a second, and %.1f %% more processor time of the"
            + " collector (medians)%n",
        100 * (1 - median(with, Measured::pace) / median(without, Measured::pace)),
        100 * (median(with, Measured::micros) / median(without, Measured::micros) - 1));
  }

  private static double median(List<Measured> rounds, ToDoubleFunction<Measured> of) {
    double[] sorted = rounds.stream().mapToDouble(of).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /**
   * One round.
   *
   * @param micros of processor time that the collector took for an event
   */
  private record Measured(double pace, double micros) {}

  private Measured measure(String what, CollectorProcess collector, double seconds, double rate)
      throws InterruptedException, ExecutionException {
    Duration before = collector.processorTime();
    Duration brokerBefore = broker.processorTime();
    Duration ownBefore = ownTime();
    LoadRun.Result result = load.run(collector.port(), seconds, rate);
    double micros = micros(collector.processorTime(), before, result);
    print(
        "%s %s; µs of processor time an event: collector %.1f, broker %.1f, load %.1f;"
            + " load average %.1f%n",
        what,
        result,
        micros,
        micros(broker.processorTime(), brokerBefore, result),
        micros(ownTime(), ownBefore, result),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    return new Measured(result.eventsPerSecond(), micros);
  }

  private static double micros(Duration after, Duration before, LoadRun.Result result) {
    return after.minus(before).toNanos() / 1e3 / result.events();
  }

  private static Duration ownTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private CollectorProcess collector(String name, boolean isAudited)
      throws IOException, InterruptedException {
    int at = options.indexOf("--option");
    return CollectorProcess.start(
        broker.bootstrapServers(),
        Files.createDirectory(folder.resolve(name)),
        (int) number(options, "--partitions", 4),
        isAudited,
        options.contains("--spool"),
        at < 0 ? List.of() : List.of(options.get(at + 1).replace("NAME", name)));
  }

  @SuppressWarnings("AnnotateFormatMethod") // the formats here are literals
  private static void print(String format, Object... values) {
    System.out.printf(Locale.ROOT, format, values);
  }

  /** At the required pace, what is on the heap after each minute. */
  private void memory(double minutes) throws Exception {
    double rate = number(options, "--rate", 8_000);
    try (CollectorProcess collector = collector("audited", true)) {
      measure("warm-up", collector, 20, rate);
      for (int minute = 0; minute <= minutes; minute++) {
        print("minute %2d: %6.1f MiB live%n", minute, collector.liveMebibytes());
        if (minute < minutes) {
          measure("         ", collector, 60, rate);
        }
      }
    }
  }
}
