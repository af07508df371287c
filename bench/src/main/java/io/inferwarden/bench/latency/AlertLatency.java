package io.inferwarden.bench.latency;

import com.sun.net.httpserver.HttpServer;
import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.sink.webhook.WebhookSecret;
import io.inferwarden.alerting.sink.webhook.WebhookSink;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.cluster.EventProducer;
import io.inferwarden.app.cluster.GroupProgress;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoWorld;
import io.inferwarden.app.embedded.EmbeddedBroker;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * From an event to the webhook that tells of it, on one machine: a broker of its own, the whole
 * platform with {@code exactly_once_v2}, and a receiver on loopback. The first day of the demo is
 * learned from; the second one is sent at a steady rate, both several times side by side as other
 * models with other users, so that there are enough incidents. What is measured runs from the
 * moment at which the event that raised a revision was handed to the producer until its webhook has
 * arrived.
 */
@Command(
    name = "alert-latency",
    mixinStandardHelpOptions = true,
    description = "Measures the time from an event to the webhook that it raises.")
public final class AlertLatency implements Callable<Integer> {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  /** Longer than any pause: a partition that is idle goes on to the clock, past these events. */
  private static final Duration IDLE_AFTER = Duration.ofMinutes(10);

  private static final Duration QUIET = Duration.ofSeconds(3);

  /** Event time of the second day after which all partitions know that the first one is over. */
  private static final Duration LEARNING_ENDS = Duration.ofMinutes(40);

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Option(
      names = "--rate",
      defaultValue = "5000",
      description = "Events a second; default: ${DEFAULT-VALUE}.")
  int rate;

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
    ExecutorService receiving = Executors.newFixedThreadPool(4);
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Arrivals arrivals = new Arrivals();
    receiver.createContext("/", arrivals);
    receiver.setExecutor(receiving);
    receiver.start();
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        Deployment deployment =
            Deployment.start(
                config(broker), threads, List.of(webhook(receiver)), Map.of(), Clock.systemUTC())) {
      measure(world, broker, deployment, arrivals);
      if (!deployment.isAlive()) {
        throw new IOException("detection has stopped");
      }
    } finally {
      receiver.stop(0);
      receiving.shutdownNow();
    }
    return 0;
  }

  private RunConfig config(EmbeddedBroker broker) {
    Path folder = broker.dataFolder();
    String yaml =
        "kafka: {bootstrapServers: '"
            + broker.bootstrapServers()
            + "', applicationId: latency, partitions: "
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
      DemoWorld world, EmbeddedBroker broker, Deployment deployment, Arrivals arrivals)
      throws IOException, InterruptedException {
    Map<String, Object> connection = Map.of("bootstrap.servers", broker.bootstrapServers());
    long begin =
        world.events().get(0).timeMillis() + DemoWorld.LEARNING.plus(LEARNING_ENDS).toMillis();
    List<DemoEvent> learned =
        world.events().stream().filter(event -> event.timeMillis() < begin).toList();
    List<DemoEvent> judged =
        world.events().stream().filter(event -> event.timeMillis() >= begin).toList();
    try (EventProducer producer = new EventProducer(connection, 0);
        GroupProgress progress = new GroupProgress(connection, "latency")) {
      for (DemoEvent event : learned) {
        for (int copy = 0; copy < copies; copy++) {
          producer.send(copied(event, copy));
        }
      }
      producer.flush();
      awaitRest(progress);
      Double baselines = deployment.registry().getSampleValue("inferwarden_baselines");
      if (baselines == null || baselines < 1) {
        throw new IOException("no baseline was learned");
      }
      long sent = sendAtRate(judged, producer, arrivals);
      producer.flush();
      awaitRest(progress);
      System.out.printf(
          Locale.ROOT,
          "%,d events at %,.0f a second, %d partitions, %d threads%n",
          (long) judged.size() * copies,
          (double) judged.size() * copies / (sent / 1e9),
          partitions,
          threads);
    }
    System.out.print(arrivals.report());
  }

  private static void awaitRest(GroupProgress progress) throws IOException, InterruptedException {
    if (!progress.awaitRest(QUIET, PATIENCE, System::nanoTime)) {
      throw new IOException("the platform did not come to rest");
    }
  }

  /** Sends every event once for each copy; how long that took, nanoseconds. */
  private long sendAtRate(List<DemoEvent> events, EventProducer producer, Arrivals arrivals)
      throws IOException {
    long begin = System.nanoTime();
    long count = 0;
    for (DemoEvent event : events) {
      for (int copy = 0; copy < copies; copy++) {
        long due = begin + (long) (count++ * 1e9 / rate);
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
        byte[] json = copied(event, copy);
        arrivals.sent(event.principal(), modelOf(event, copy), event.timeMillis());
        producer.send(json);
      }
    }
    return System.nanoTime() - begin;
  }

  private static String modelOf(DemoEvent event, int copy) {
    return event.model() + '-' + copy;
  }

  /** The event as one of another model. */
  private static byte[] copied(DemoEvent event, int copy) throws IOException {
    String json = new String(event.json(), StandardCharsets.UTF_8);
    String model = "\"model\":\"" + event.model() + '"';
    if (!json.contains(model)) {
      throw new IOException("an event must name its model as " + model);
    }
    return json.replace(model, "\"model\":\"" + modelOf(event, copy) + '"')
        .replaceFirst("\"id\":\"", "\"id\":\"" + copy + "-")
        .getBytes(StandardCharsets.UTF_8);
  }
}
