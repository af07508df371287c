package io.inferwarden.bench.throughput;

import io.inferwarden.bench.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.StreamsConfig;

/** One contestant in a JVM of its own, started as the launcher starts the platform. */
final class ContestantProcess {
  /** Who takes part. */
  enum Kind {
    LIMIT("(a) consumer and parse, the limit"),
    PARSE("(b) Kafka Streams and parse"),
    FULL("(c) the whole platform"),
    DSL("(d) what a user would write");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /**
   * What it is to do.
   *
   * @param application name of its group, of which it has the offsets already
   * @param warmUp events that do not count
   * @param until the event after which it ends
   * @param longest how long it is measured at most
   */
  record Task(
      Kind kind,
      String bootstrapServers,
      String application,
      int threads,
      long warmUp,
      long until,
      Duration longest) {
    static Task parse(String[] arguments) {
      return new Task(
          Kind.valueOf(arguments[0]),
          arguments[1],
          arguments[2],
          Integer.parseInt(arguments[3]),
          Long.parseLong(arguments[4]),
          Long.parseLong(arguments[5]),
          Duration.parse(arguments[6]));
    }

    List<String> arguments() {
      return List.of(
          kind.name(),
          bootstrapServers,
          application,
          String.valueOf(threads),
          String.valueOf(warmUp),
          String.valueOf(until),
          longest.toString());
    }
  }

  private static final String READING = "Reading: ";
  private static final String LEARN = "learn";
  private static final Duration LEARNING_TIME = Duration.ofMinutes(5);

  private ContestantProcess() {}

  /** Measures in a process of its own. */
  static Meter.Reading measure(Task task, List<String> options) throws IOException {
    try (ChildProcess child =
        ChildProcess.start(ContestantProcess.class, options, task.arguments())) {
      return Meter.Reading.parse(child.await(Pattern.compile(READING + "(.+)")).group(1));
    }
  }

  /**
   * Lets the platform learn what is usual from the events that are there, at most one model of each
   * kind, and makes it known of so many models.
   */
  static void learn(String bootstrapServers, int models, List<String> options) throws IOException {
    try (ChildProcess child =
        ChildProcess.start(
            ContestantProcess.class,
            options,
            List.of(LEARN, bootstrapServers, String.valueOf(models)))) {
      child.await(Pattern.compile("Learned"));
    }
  }

  /** The child. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("inferwarden-throughput-");
    try {
      if (arguments[0].equals(LEARN)) {
        learn(arguments[1], Integer.parseInt(arguments[2]), folder);
      } else {
        Task task = Task.parse(arguments);
        try (Contestant contestant = start(task, folder)) {
          Meter.Reading reading =
              new Meter(contestant).measure(task.warmUp(), task.until(), task.longest());
          System.out.println(READING + reading.toLine());
        }
      }
    } finally {
      Utils.delete(folder.toFile());
    }
  }

  private static void learn(String bootstrapServers, int models, Path folder)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (WholePlatform platform = new WholePlatform(bootstrapServers, LEARN, 2, folder)) {
      while (platform.baselines() < Math.min(models, Traffic.KINDS)) {
        if (System.nanoTime() - start > LEARNING_TIME.toNanos()) {
          throw new IOException("only " + platform.baselines() + " models were learned");
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    Map<String, Object> connection = Map.of("bootstrap.servers", bootstrapServers);
    KnownModels known = KnownModels.read(connection);
    known.requireWhole();
    known.spread(connection, models);
    System.out.println("Learned");
  }

  private static Contestant start(Task task, Path folder) throws IOException, InterruptedException {
    AtomicLong count = new AtomicLong();
    String servers = task.bootstrapServers();
    String name = task.application();
    return switch (task.kind()) {
      case LIMIT -> new ConsumeAndParse(servers, name, task.threads());
      case PARSE ->
          new StreamsContestant(
              StreamsTopologies.parse(count),
              count,
              servers,
              name,
              task.threads(),
              folder,
              asThePlatform());
      case FULL -> new WholePlatform(servers, name, task.threads(), folder);
      case DSL ->
          new StreamsContestant(
              StreamsTopologies.countByMinute(count),
              count,
              servers,
              name,
              task.threads(),
              folder,
              new Properties());
    };
  }

  private static Properties asThePlatform() {
    Properties properties = new Properties();
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 5_000);
    properties.put(StreamsConfig.consumerPrefix("max.poll.records"), 2_000);
    properties.put(StreamsConfig.consumerPrefix("max.partition.fetch.bytes"), 4 * 1024 * 1024);
    properties.put(StreamsConfig.consumerPrefix("receive.buffer.bytes"), 1024 * 1024);
    return properties;
  }
}
