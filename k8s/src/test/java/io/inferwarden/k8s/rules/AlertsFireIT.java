package io.inferwarden.k8s.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.InferwardenApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped alerts fire in a real Prometheus that scrapes a real process, when what they watch is
 * really broken. {@link FasterClock} makes seconds of their minutes.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertsFireIT {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient client = HttpClient.newHttpClient();
  private ChildProcess broker;
  private ChildProcess platform;
  private PrometheusProcess prometheus;
  private FakeReceiver receiver;
  private KafkaProducer<byte[], byte[]> producer;
  private int debugPort;
  private int models;
  private String collector = "";

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Promtool.require("prometheus");
    broker =
        ChildProcess.java(
            folder.resolve("broker.log"),
            List.of(),
            BrokerMain.class.getName(),
            folder.resolve("kafka").toString());
    receiver = new FakeReceiver();
    String kafka = broker.awaitPrinted(Pattern.compile("(?m)^Kafka at (\\S+)$"), START);
    debugPort = PrometheusProcess.freePort();
    int collectorPort = PrometheusProcess.freePort();
    collector = "http://127.0.0.1:" + collectorPort + "/v1/events";
    Path config = folder.resolve("inferwarden.yaml");
    Files.writeString(config, config(kafka, collectorPort, folder));
    platform =
        ChildProcess.java(
            folder.resolve("platform.log"),
            List.of(
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:"
                    + debugPort),
            InferwardenApp.class.getName(),
            "run",
            "--config",
            config.toString());
    String operations =
        platform.awaitPrinted(
            Pattern.compile("(?m)^Metrics and health: http://(\\S+)/metrics$"), START);
    ChildProcess.until(
        "it is ready", START, () -> status("http://" + operations + "/readyz") == 200);
    Path data = Files.createDirectory(folder.resolve("prometheus"));
    prometheus = PrometheusProcess.start(data, "inferwarden", operations);
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                ProducerConfig.LINGER_MS_CONFIG, 20,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, 1000),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** The sinks are told of the watchdog every ten seconds; what they answer is up to the test. */
  private String config(String kafka, int collectorPort, Path folder) throws IOException {
    Path secret = folder.resolve("secret");
    Files.writeString(secret, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    return """
    kafka: {bootstrapServers: "%s", applicationId: alerts-fire, partitions: 2}
    instance: {stateFolder: "%s"}
    operations: {port: 0}
    incidents: {file: "%s"}
    collector: {host: 127.0.0.1, port: %d}
    alerts:
      allow: 127.0.0.1
      watchdog: 10s
      sinks:
        - {name: deadman, type: webhook, url: "%s", secretFile: "%s"}
        - {name: failing, type: webhook, url: "%s", secretFile: "%s"}
        - {name: refusing, type: webhook, url: "%s", secretFile: "%s"}
        - {name: gone, type: webhook, url: "%s", secretFile: "%s"}
      route:
        sinks: [deadman]
        routes:
          - {name: heartbeat, match: {kinds: watchdog}, sinks: [deadman, failing, refusing, gone]}
    """
        .formatted(
            kafka,
            folder.resolve("state"),
            folder.resolve("incidents.jsonl"),
            collectorPort,
            receiver.url("deadman"),
            secret,
            receiver.url("failing"),
            secret,
            receiver.url("refusing"),
            secret,
            receiver.url("gone"),
            secret);
  }

  private int status(String url) throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  @Order(1)
  void nothingButTheWatchdogFiresWhileAllIsWell() throws Exception {
    awaitFiring("InferwardenWatchdog");

    assertThat(prometheus.firing()).containsExactly("InferwardenWatchdog");
  }

  @Test
  @Order(2)
  void garbageNamesWithoutEndAndReceiversThatRefuse() throws Exception {
    receiver.answer("failing", 500);
    receiver.answer("refusing", 400);
    receiver.answer("gone", 410);

    try (Sending garbage = new Sending(() -> send("no event", 20));
        Sending newNames = new Sending(this::sendNewModel)) {
      awaitFiring(
          "InferwardenCardinalityOverflow",
          "InferwardenDeadLetterEvents",
          "InferwardenMostEventsRejected",
          "InferwardenSinkFailing",
          "InferwardenSinkDisabled",
          "InferwardenSinkBacklog",
          "InferwardenDeadLetterNotifications");
    }
  }

  @Test
  @Order(3)
  void noReceiverTakesAnything() throws Exception {
    receiver.answer("deadman", 500);

    awaitFiring("InferwardenNobodyIsTold", "InferwardenHeartbeatLate");
  }

  @Test
  @Order(4)
  void wedgedStreamThreads() throws Exception {
    try (WedgedThreads wedged = WedgedThreads.wedge(debugPort, "StreamThread-");
        Sending events = new Sending(() -> send("no event", 500))) {
      assertThat(wedged.count()).isPositive();

      awaitFiring("InferwardenNotConsuming", "InferwardenLagGrowing");
    }
  }

  @Test
  @Order(5)
  void theBrokerIsKilled() throws Exception {
    try (Sending events = new Sending(this::post)) {
      broker.close();

      awaitFiring(
          "InferwardenCollectorKafkaAway",
          "InferwardenCollectorRefusing",
          "InferwardenNotReady",
          "InferwardenNoneReady",
          "InferwardenNoEvents");
    }
  }

  @Test
  @Order(6)
  void theProcessIsStopped() throws Exception {
    platform.signal("STOP");

    awaitFiring("InferwardenInstanceDown", "InferwardenJobDown", "InferwardenDetectionAbsent");
  }

  /** Each must have fired at some time of the wait, not all of them at once. */
  private void awaitFiring(String... alerts) throws Exception {
    Set<String> missing = new TreeSet<>(List.of(alerts));
    try {
      ChildProcess.until(
          "all fire",
          PATIENCE,
          () -> {
            missing.removeAll(prometheus.firing());
            return missing.isEmpty();
          });
    } catch (AssertionError e) {
      throw new AssertionError(
          missing
              + " did not fire. Pending and firing: "
              + prometheus.query("ALERTS")
              + "\n"
              + prometheus.query(
                  "{__name__=~\"inferwarden_.*(progress|lag|ready|rejected|pending).*\"}"),
          e);
    }
  }

  private void send(String line, int count) {
    for (int i = 0; i < count; i++) {
      // what matters is what the platform says of it
      var unused = producer.send(new ProducerRecord<>("inference-events", line.getBytes(UTF_8)));
    }
  }

  /** More models than are shown one by one. */
  private void sendNewModel() {
    for (int i = 0; i < 10; i++) {
      send(event("model-" + ++models), 1);
    }
  }

  private static String event(String model) {
    return "{\"time\":\""
        + Clock.systemUTC().instant()
        + "\",\"model\":\""
        + model
        + "\",\"principal\":\"alice\",\"output\":{\"label\":\"ok\"}}";
  }

  private void post() throws IOException, InterruptedException {
    client.send(
        HttpRequest.newBuilder(URI.create(collector))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(event("m")))
            .build(),
        HttpResponse.BodyHandlers.discarding());
  }

  @AfterAll
  void stop() throws Exception {
    if (producer != null) {
      producer.close(Duration.ZERO);
    }
    for (AutoCloseable each : new AutoCloseable[] {prometheus, platform, broker, receiver}) {
      if (each != null) {
        each.close();
      }
    }
  }
}
