package io.inferwarden.bench.throughput;

import io.inferwarden.bench.process.BrokerProcess;
import io.inferwarden.bench.process.LauncherOptions;
import io.inferwarden.bench.throughput.ContestantProcess.Kind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How many events a second the platform judges, beside what reading and parsing alone takes and
 * what a job takes that a user would write. The broker and each contestant have a JVM of their own;
 * contestants take turns, so that a slow minute of the machine meets all of them.
 */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    description = "Measures the platform's throughput against the limit and the DSL.")
public final class Throughput implements Callable<Integer> {
  private static final long SEED = 11;
  private static final Duration LEARNED_FROM = Duration.ofHours(26);
  private static final double WARM_UP = .2;

  @Option(
      names = "--events",
      defaultValue = "3000000",
      description = "Events that are written; default: ${DEFAULT-VALUE}.")
  long events;

  @Option(
      names = "--hours",
      defaultValue = "24",
      description =
          "Event time that they are spread over: panes end as it passes; default: ${DEFAULT-VALUE}.")
  int hours;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Turns of each; default: ${DEFAULT-VALUE}.")
  int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      description = "How long each turn is measured at most; default: ${DEFAULT-VALUE}.")
  int seconds;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Threads of each; default: ${DEFAULT-VALUE}.")
  int threads;

  @Option(
      names = "--partitions",
      defaultValue = "4",
      description = "Partitions of the events; default: ${DEFAULT-VALUE}.")
  int partitions;

  @Mixin TrafficOptions deployment = new TrafficOptions();

  @Option(
      names = "--learned-events",
      defaultValue = "15000",
      description =
          "Of each kind of model, that it is learned from; there are "
              + Traffic.KINDS
              + " kinds. Default: ${DEFAULT-VALUE}.")
  int learnedEvents;

  @Option(
      names = "--hot-model",
      defaultValue = "0",
      description = "Share of the events that go to one model; default: ${DEFAULT-VALUE}.")
  double hotModel;

  @Option(
      names = "--hot-principal",
      defaultValue = "0",
      description = "Share of the events of one principal; default: ${DEFAULT-VALUE}.")
  double hotPrincipal;

  @Option(
      names = "--only",
      split = ",",
      description = "Those who take part, of ${COMPLETION-CANDIDATES}; default: all.")
  List<Kind> only = List.of(Kind.values());

  @Option(
      names = "--option",
      description = "For the JVMs of the contestants, beside those of the launcher.")
  List<String> options = List.of();

  @Option(names = "--json", description = "Ends with one line of JSON.")
  boolean json;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Throughput())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<Kind, List<Meter.Reading>> readings = new EnumMap<>(Kind.class);
    try (BrokerProcess broker = BrokerProcess.start();
        EventsTopic topic = new EventsTopic(broker.bootstrapServers())) {
      Map<TopicPartition, Long> start = prepare(broker, topic);
      for (int round = 1; round <= rounds; round++) {
        for (Kind kind : only) {
          Meter.Reading reading = measure(broker, topic, start, kind, round);
          readings.computeIfAbsent(kind, unused -> new ArrayList<>()).add(reading);
          System.err.printf(
              Locale.ROOT,
              "round %d of %d  %-36s %,9.0f events/s, %,7.0f ns, %,7.0f bytes an event%n",
              round,
              rounds,
              kind.words(),
              reading.eventsPerSecond(),
              reading.nanosPerEvent(),
              reading.bytesPerEvent());
        }
      }
    }
    System.out.print(new Outcome(readings).table());
    if (json) {
      System.out.println(new Outcome(readings).json());
    }
    return 0;
  }

  /** Writes all events, of which the platform learns from the first; where the others begin. */
  private Map<TopicPartition, Long> prepare(BrokerProcess broker, EventsTopic topic)
      throws IOException, InterruptedException {
    long first =
        Clock.systemUTC()
            .instant()
            .truncatedTo(ChronoUnit.HOURS)
            .minus(LEARNED_FROM)
            .minus(judged())
            .toEpochMilli();
    topic.create(partitions);
    int learned = Math.min(deployment.models, Traffic.KINDS);
    topic.write(
        new Traffic(
            new Traffic.Settings(
                learned,
                deployment.principals,
                deployment.features,
                first,
                LEARNED_FROM,
                (long) learnedEvents * learned,
                0,
                0),
            SEED));
    System.err.println("Learning what is usual …");
    ContestantProcess.learn(
        broker.bootstrapServers(), deployment.models, LauncherOptions.and(options));
    Map<TopicPartition, Long> start = topic.ends();
    System.err.printf(Locale.ROOT, "Writing %,d events …%n", events);
    topic.write(
        new Traffic(
            new Traffic.Settings(
                deployment.models,
                deployment.principals,
                deployment.features,
                first + LEARNED_FROM.toMillis(),
                judged(),
                events,
                hotModel,
                hotPrincipal),
            SEED + 1));
    return start;
  }

  private Duration judged() {
    return Duration.ofHours(hours);
  }

  private Meter.Reading measure(
      BrokerProcess broker,
      EventsTopic topic,
      Map<TopicPartition, Long> start,
      Kind kind,
      int round)
      throws IOException, InterruptedException {
    String application = kind.name().toLowerCase(Locale.ROOT) + "-" + round;
    topic.startAt(application, start);
    return ContestantProcess.measure(
        new ContestantProcess.Task(
            kind,
            broker.bootstrapServers(),
            application,
            threads,
            kind == Kind.DSL
                ? Math.min((long) (WARM_UP * events), 100_000)
                : (long) (WARM_UP * events),
            events,
            Duration.ofSeconds(seconds)),
        LauncherOptions.and(options));
  }

  /** Medians over the rounds. */
  private record Outcome(Map<Kind, List<Meter.Reading>> readings) {
    private double median(Kind kind, ToDoubleFunction<Meter.Reading> of) {
      double[] sorted =
          readings.getOrDefault(kind, List.of()).stream().mapToDouble(of).sorted().toArray();
      if (sorted.length == 0) {
        return Double.NaN;
      }
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private double pace(Kind kind) {
      return median(kind, Meter.Reading::eventsPerSecond);
    }

    String table() {
      StringBuilder text = new StringBuilder();
      text.append(
          String.format(
              Locale.ROOT,
              "%n%-36s %12s %14s %14s %9s %9s%n",
              "",
              "events/s",
              "ns CPU/event",
              "bytes/event",
              "of limit",
              "of DSL"));
      for (Kind kind : readings.keySet()) {
        text.append(
            String.format(
                Locale.ROOT,
                "%-36s %,12.0f %,14.0f %,14.0f %9.2f %9.2f%n",
                kind.words(),
                pace(kind),
                median(kind, Meter.Reading::nanosPerEvent),
                median(kind, Meter.Reading::bytesPerEvent),
                pace(kind) / pace(Kind.LIMIT),
                pace(kind) / pace(Kind.DSL)));
      }
      return text.toString();
    }

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"limitEventsPerSecond\":%.0f,\"fullEventsPerSecond\":%.0f,"
              + "\"dslEventsPerSecond\":%.0f,\"ratioToLimit\":%.3f,\"ratioToDsl\":%.3f,"
              + "\"fullNanosPerEvent\":%.0f}",
          pace(Kind.LIMIT),
          pace(Kind.FULL),
          pace(Kind.DSL),
          pace(Kind.FULL) / pace(Kind.LIMIT),
          pace(Kind.FULL) / pace(Kind.DSL),
          median(Kind.FULL, Meter.Reading::nanosPerEvent));
    }
  }
}
