package io.inferwarden.bench.latency;

import com.sun.net.httpserver.HttpServer;
import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.sink.webhook.WebhookSecret;
import io.inferwarden.alerting.sink.webhook.WebhookSink;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.cluster.GroupProgress;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoWorld;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import io.inferwarden.bench.process.BrokerProcess;
import io.inferwarden.bench.process.EventSender;
import io.inferwarden.bench.throughput.Traffic;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * From an event to its incident in the topic and to the webhook that tells of it, on one machine: a
 * broker in a JVM of its own, the whole platform with {@code exactly_once_v2}, and a receiver on
 * loopback. The first day of the demo is learned from; hours of the second one are sent as time
 * passes in them, only faster, both several times side by side as other models with other users, so
 * that there are enough incidents, and beside it what else the platform is to carry meanwhile. What
 * is measured are incidents about accounts, stage by stage from the moment at which the event that
 * raised a revision was handed to the producer.
 *
 * <p>All that is done once a minute of event time is done {@link #speed} times as often: a speed
 * that is too high measures the ends of panes.
 */
@Command(
    name = "alert-latency",
    mixinStandardHelpOptions = true,
    description = "Measures the time from an event to the incident and the webhook that it raises.")
public final class AlertLatency implements Callable<Integer> {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /** Longer than any pause: a partition that is idle goes on to the clock, past these events. */
  private static final Duration IDLE_AFTER = Duration.ofMinutes(10);

  private static final Duration QUIET = Duration.ofSeconds(3);

  /** Event time of the second day after which all partitions know that the first one is over. */
  private static final Duration LEARNING_ENDS = Duration.ofMinutes(40);

  private static final Set<String> OF_THREADS =
      Set.of(
          "kafka_streams_process_ratio",
          "kafka_streams_poll_ratio",
          "kafka_streams_commit_ratio",
          "kafka_streams_commit_rate");

  private static final String APPLICATION = "latency";
  private static final long SEED = 11;
  private static final int LOAD_MODELS = 20;
  private static final int LEARNED_EVENTS_PER_MODEL = 15_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Option(
      names = "--speed",
      defaultValue = "60",
      description =
          "How many times as fast as the clock the demo's time passes; default: ${DEFAULT-VALUE}.")
  double speed;

  @Option(
      names = "--load",
      defaultValue = "0",
      description =
          "Events a second of other models beside them, as throughput sends; default:"
              + " ${DEFAULT-VALUE}.")
  int load;

  @Option(
      names = "--principals",
      defaultValue = "100000",
      description = "Who ask the models of the load; default: ${DEFAULT-VALUE}.")
  int principals;

  @Option(
      names = "--from-hour",
      defaultValue = "9",
      description = "Hour of the demo's second day at which it begins; default: ${DEFAULT-VALUE}.")
  int fromHour;

  @Option(
      names = "--hours",
      defaultValue = "4",
      description = "Hours of the demo that are sent; default: ${DEFAULT-VALUE}.")
  int hours;

  @Option(
      names = "--copies",
      defaultValue = "12",
      description = "How often the demo is sent side by side; default: ${DEFAULT-VALUE}.")
  int copies;

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

  @Option(names = "--json", description = "Ends with one line of JSON.")
  boolean json;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new AlertLatency()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long start =
        Clock.systemUTC()
            .instant()
            .truncatedTo(ChronoUnit.DAYS)
            .minus(3, ChronoUnit.DAYS)
            .toEpochMilli();
    DemoWorld world = DemoWorld.create(7, start);
    Journeys journeys = new Journeys();
    Path folder = Files.createTempDirectory("inferwarden-latency-");
    ExecutorService receiving = Executors.newFixedThreadPool(4);
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", new Arrivals(journeys));
    receiver.setExecutor(receiving);
    receiver.start();
    try (BrokerProcess broker = BrokerProcess.start();
        Deployment deployment =
            Deployment.start(
                config(broker.bootstrapServers(), folder),
                threads,
                List.of(webhook(receiver)),
                Map.of(),
                Clock.systemUTC())) {
      measure(world, Map.of("bootstrap.servers", broker.bootstrapServers()), deployment, journeys);
      if (!deployment.isAlive()) {
        throw new IOException("detection has stopped");
      }
    } finally {
      receiver.stop(0);
      receiving.shutdownNow();
      Utils.delete(folder.toFile());
    }
    return 0;
  }

  private RunConfig config(String bootstrapServers, Path folder) {
    String yaml =
        "kafka: {bootstrapServers: '"
            + bootstrapServers
            + "', applicationId: "
            + APPLICATION
            + ", partitions: "
            + partitions
            + "}\ninstance: {stateFolder: '"
            + folder.resolve("streams")
            + "'}\noperations: {port: 0}\nincidents: {file: '"
            + folder.resolve("incidents.jsonl")
            + "'}\npolicy: {learning: "
            + DemoWorld.LEARNING.toHours()
            + "h, idleAfter: "
            + IDLE_AFTER.toMinutes()
            + "m}\n";
    return RunConfigFile.parse("alert-latency", yaml, folder);
  }

  private static WebhookSink webhook(HttpServer receiver) {
    Duration timeout = Duration.ofSeconds(15);
    DestinationGuard guard = DestinationGuard.allowing(List.of("127.0.0.1/32"));
    URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/");
    return new WebhookSink(
        new WebhookSink.Settings("latency", url, List.of(WebhookSecret.parse(SECRET)), timeout),
        new HttpTransport(guard, timeout, Clock.systemUTC()));
  }

  private void measure(
      DemoWorld world, Map<String, Object> connection, Deployment deployment, Journeys journeys)
      throws IOException, InterruptedException {
    long begin =
        world.events().get(0).timeMillis() + DemoWorld.LEARNING.plus(LEARNING_ENDS).toMillis();
    List<DemoEvent> learned =
        world.events().stream().filter(event -> event.timeMillis() < begin).toList();
    long from =
        world.events().get(0).timeMillis()
            + DemoWorld.LEARNING.plus(Duration.ofHours(fromHour)).toMillis();
    long until = from + Duration.ofHours(hours).toMillis();
    List<DemoEvent> judged =
        world.events().stream()
            .filter(event -> event.timeMillis() >= Math.max(begin, from))
            .filter(event -> event.timeMillis() < until)
            .toList();
    if (judged.isEmpty()) {
      throw new IOException("--from-hour and --hours must choose hours of the demo's second day");
    }
    Traffic traffic =
        new Traffic(Traffic.Settings.of(LOAD_MODELS, principals, begin, DemoWorld.LENGTH, 1), SEED);
    try (EventSender sender = new EventSender(connection);
        GroupProgress progress = new GroupProgress(connection, APPLICATION)) {
      Replay replay = new Replay(copies, traffic, sender);
      System.err.println("Learning what is usual …");
      replay.sendAtOnce(learned, load == 0 ? 0 : (long) LOAD_MODELS * LEARNED_EVENTS_PER_MODEL);
      awaitRest(progress);
      Double baselines = deployment.registry().getSampleValue("inferwarden_baselines");
      if (baselines == null || baselines < 1) {
        throw new IOException("no baseline was learned");
      }
      System.err.println("Sending what is judged …");
      try (TopicWatch watch = new TopicWatch(connection, partitions, journeys)) {
        watch.start();
        double seconds = replay.sendAtSpeed(judged, speed, load, journeys);
        List<String> work = streamThreads(deployment.registry());
        awaitRest(progress);
        double sent = judged.size() * (double) copies / seconds;
        System.out.printf(
            Locale.ROOT,
            "%,.0f events a second that may alarm, %,.0f beside them, %d partitions, %d threads%n",
            sent,
            (double) load,
            partitions,
            threads);
        work.forEach(System.out::println);
      }
    }
    System.out.print(journeys.report());
    if (json) {
      System.out.println(json(journeys.between(Stage.SENT, Stage.INCIDENT_READABLE)));
    }
  }

  /**
   * What the stream threads do, by Kafka's own metrics of the last half minute. How long a commit
   * takes is the share of time over the rate: Kafka's own latency of a commit is that of one task.
   */
  private static List<String> streamThreads(CollectorRegistry registry) {
    return Collections.list(registry.metricFamilySamples()).stream()
        .flatMap(family -> family.samples.stream())
        .filter(sample -> OF_THREADS.contains(sample.name))
        .map(
            sample ->
                String.format(
                    Locale.ROOT, "%-44s %-2s %.4f", sample.name, thread(sample), sample.value))
        .toList();
  }

  private static String thread(Sample sample) {
    String name = String.join(" ", sample.labelValues);
    return name.substring(name.lastIndexOf('-') + 1);
  }

  private static String json(Percentiles millis) {
    return String.format(
        Locale.ROOT,
        "{\"incidents\":%d,\"p50Millis\":%.0f,\"p99Millis\":%.0f}",
        millis.count(),
        millis.at(0.50),
        millis.at(0.99));
  }

  private static void awaitRest(GroupProgress progress) throws IOException, InterruptedException {
    if (!progress.awaitRest(QUIET, PATIENCE, System::nanoTime)) {
      throw new IOException("the platform did not come to rest");
    }
  }
}
