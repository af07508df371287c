package io.inferwarden.bench.memory;

import io.inferwarden.app.names.Stores;
import io.inferwarden.bench.process.BrokerProcess;
import io.inferwarden.bench.process.EventSender;
import io.inferwarden.bench.process.PlatformProcess;
import io.inferwarden.bench.throughput.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What a million streams, each of a principal and a model, hold: on the heap after a collection of
 * garbage, in the changelog, and how long a start in an empty folder takes that reads them back;
 * then whether the heap stays as it is while more names pass than there are places. The platform
 * and the broker have a JVM of their own.
 */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    description = "Measures what many principals hold in memory, in the changelog and at a start.")
public final class Memory implements Callable<Integer> {
  private static final long SEED = 11;
  private static final String APPLICATION = "memory";
  private static final String BASELINES = "inferwarden_baselines";
  private static final String PROCESSED = "inferwarden_events_processed_total";
  private static final String TRACKED = "inferwarden_principals_tracked";
  private static final Duration LEARNED_FROM = Duration.ofHours(26);
  private static final Duration JUDGED = Duration.ofHours(24);
  private static final int LEARNED_PRINCIPALS = 1_000;
  private static final int LEARNED_EVENTS_PER_MODEL = 15_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Of names that pass, one in so many comes a second time and takes somebody's place. */
  private static final int AGAIN_ONE_IN = 4;

  @Option(
      names = "--streams",
      defaultValue = "1000000",
      description = "Principals by models; default: ${DEFAULT-VALUE}.")
  int streams;

  @Option(names = "--models", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
  int models;

  @Option(
      names = "--events-per-stream",
      defaultValue = "5",
      description = "Default: ${DEFAULT-VALUE}.")
  int eventsPerStream;

  @Option(
      names = "--names",
      defaultValue = "5000000",
      description = "That pass a bounded table; 0 leaves it out; default: ${DEFAULT-VALUE}.")
  long names;

  @Option(
      names = "--bound",
      defaultValue = "100000",
      description = "Of that table: maximumPrincipals of the policy; default: ${DEFAULT-VALUE}.")
  int bound;

  @Option(
      names = "--steps",
      defaultValue = "10",
      description = "At which the heap is looked at meanwhile; default: ${DEFAULT-VALUE}.")
  int steps;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      description = "Partitions of the events; default: ${DEFAULT-VALUE}.")
  int partitions;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "Threads that judge events; default: ${DEFAULT-VALUE}.")
  int threads;

  @Option(
      names = "--histogram",
      defaultValue = "0",
      description = "Classes to show, those that take most of the heap; default: none.")
  int histogram;

  @Option(names = "--option", description = "For the JVM of the platform; default: -Xms1g -Xmx3g.")
  List<String> options = List.of("-Xms1g", "-Xmx3g");

  @Option(names = "--json", description = "Ends with one line of JSON.")
  boolean json;

  private final long firstMillis =
      Clock.systemUTC()
          .instant()
          .truncatedTo(ChronoUnit.HOURS)
          .minus(LEARNED_FROM)
          .minus(JUDGED)
          .toEpochMilli();

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Memory()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("inferwarden-memory-");
    try {
      Held held = hold(folder);
      List<Double> heaps = names == 0 ? List.of() : pass(folder.resolve("names"));
      MemoryReport report = new MemoryReport(held, bound, partitions, names, heaps);
      System.out.print(report.table());
      if (json) {
        System.out.println(report.json());
      }
    } finally {
      Utils.delete(folder.toFile());
    }
    return 0;
  }

  /** Lets every stream have its events, and starts another instance that has nothing. */
  private Held hold(Path folder) throws IOException, InterruptedException {
    try (BrokerProcess broker = BrokerProcess.start()) {
      double half;
      double all;
      long tracked;
      try (PlatformProcess platform =
          PlatformProcess.start(settings(broker, streams), folder.resolve("first"))) {
        long learned = learn(broker, platform);
        long events = (long) streams * eventsPerStream;
        say("Writing %,d events of %,d streams …", events, streams);
        Traffic traffic = judged(events);
        int middle = streams / 2;
        fill(broker, traffic, 0, middle);
        platform.await(PROCESSED, learned + (long) middle * eventsPerStream, PATIENCE);
        half = platform.liveBytes();
        fill(broker, traffic, middle, streams);
        platform.await(PROCESSED, learned + events, PATIENCE);
        all = platform.liveBytes();
        platform.largestClasses(histogram).forEach(line -> say("%s", line));
        tracked = (long) platform.sum(TRACKED);
      }
      say("Reading the changelogs …");
      SortedMap<String, Changelogs.Size> changelogs =
          Changelogs.read(broker.bootstrapServers(), APPLICATION);
      changelogs.forEach(
          (store, size) ->
              say(
                  "%-24s %,12d keys, %,14d bytes, %,12d records",
                  store, size.keys(), size.bytes(), size.records()));
      say("Starting in an empty folder …");
      long begin = System.nanoTime();
      try (PlatformProcess platform =
          PlatformProcess.start(settings(broker, streams), folder.resolve("second"))) {
        platform.await(TRACKED, tracked, PATIENCE);
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Held(
            tracked,
            all,
            (all - half) / (streams - streams / 2),
            changelogs.getOrDefault(Stores.PRINCIPALS, new Changelogs.Size(0, 0, 0)),
            changelogs.values().stream().mapToLong(Changelogs.Size::bytes).sum(),
            seconds,
            platform.sum("inferwarden_restore_seconds_sum"),
            platform.sum("inferwarden_restored_records_total"));
      }
    }
  }

  /** Gives these streams all their events, in turn. */
  private void fill(BrokerProcess broker, Traffic traffic, int from, int until) throws IOException {
    try (EventSender sender = new EventSender(connection(broker))) {
      for (int turn = 0; turn < eventsPerStream; turn++) {
        for (int stream = from; stream < until; stream++) {
          send(sender, traffic, stream % models, stream / models);
        }
      }
      sender.flush();
    }
  }

  /** The heap as ever more names pass a table that has no place for them. */
  private List<Double> pass(Path folder) throws IOException, InterruptedException {
    List<Double> heaps = new ArrayList<>();
    try (BrokerProcess broker = BrokerProcess.start();
        PlatformProcess platform = PlatformProcess.start(settings(broker, bound), folder)) {
      long expected = learn(broker, platform);
      Traffic traffic = judged(names + names / AGAIN_ONE_IN);
      try (EventSender sender = new EventSender(connection(broker))) {
        long name = 0;
        for (int step = 1; step <= steps; step++) {
          for (; name < names * step / steps; name++) {
            int model = (int) (name % models);
            send(sender, traffic, model, name);
            expected++;
            if (name % AGAIN_ONE_IN == 0) {
              send(sender, traffic, model, name);
              expected++;
            }
          }
          sender.flush();
          platform.await(PROCESSED, expected, PATIENCE);
          heaps.add(platform.liveBytes());
          say("%,d names: %,.0f MB of heap", name, heaps.get(heaps.size() - 1) / 1e6);
        }
      }
    }
    return heaps;
  }

  private PlatformProcess.Settings settings(BrokerProcess broker, int maximumPrincipals) {
    return new PlatformProcess.Settings(
        broker.bootstrapServers(), APPLICATION, partitions, maximumPrincipals, threads, options);
  }

  private static Map<String, Object> connection(BrokerProcess broker) {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  /** Lets the platform learn what is usual for each model; how many events it took. */
  private long learn(BrokerProcess broker, PlatformProcess platform)
      throws IOException, InterruptedException {
    say("Learning what is usual …");
    long events = (long) LEARNED_EVENTS_PER_MODEL * models;
    Traffic traffic =
        new Traffic(
            Traffic.Settings.of(models, LEARNED_PRINCIPALS, firstMillis, LEARNED_FROM, events),
            SEED);
    try (EventSender sender = new EventSender(connection(broker))) {
      while (traffic.hasNext()) {
        byte[] event = traffic.next();
        sender.send(traffic.principal(), event);
      }
      sender.flush();
    }
    // each partition has its own baseline in use
    platform.await(BASELINES, models, PATIENCE);
    platform.await(PROCESSED, events, PATIENCE);
    return events;
  }

  private Traffic judged(long events) {
    return new Traffic(
        Traffic.Settings.of(
            models, 1, firstMillis + LEARNED_FROM.toMillis(), JUDGED, Math.max(1, events)),
        SEED + 1);
  }

  private static void send(EventSender sender, Traffic traffic, int model, long number)
      throws IOException {
    byte[] event = traffic.next(model, number);
    sender.send(traffic.principal(), event);
  }

  private static void say(String format, Object... values) {
    System.err.printf(Locale.ROOT, format + "%n", values);
  }
}
