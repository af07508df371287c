package io.inferwarden.k8s.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.k8s.process.ChildProcess;
import io.inferwarden.k8s.process.PrometheusProcess;
import io.inferwarden.k8s.process.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.errors.ApiException;
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
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private ChildProcess broker;
  private RunningPlatform platform;
  private PrometheusProcess prometheus;
  private FakeReceiver receiver;
  private EventSender sender;
  private String kafka = "";
  private int models;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Promtool.require("prometheus");
    broker = RunningPlatform.broker(folder);
    receiver = new FakeReceiver();
    kafka = RunningPlatform.bootstrapServers(broker);
    int collectorPort = PrometheusProcess.freePort();
    Path config = folder.resolve("inferwarden.yaml");
    Files.writeString(config, config(collectorPort, folder));
    platform = RunningPlatform.start(config, folder.resolve("platform.log"), false);
    platform.awaitReady();
    Path data = Files.createDirectory(folder.resolve("prometheus"));
    FasterClock.writeRulesInto(data);
    prometheus = PrometheusProcess.start(data, "inferwarden", platform.operations());
    sender = new EventSender(kafka, collectorPort);
  }

  /** The sinks are told of the watchdog every ten seconds; what they answer is up to the test. */
  private String config(int collectorPort, Path folder) throws IOException {
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

  @Test
  @Order(1)
  void nothingButTheWatchdogFiresWhileAllIsWell() throws Exception {
    awaitFiring("InferwardenWatchdog");

    assertThat(prometheus.firing()).containsExactly("InferwardenWatchdog");
  }

  /** As of a Deployment that is scaled to 0, or whose pods are not admitted. */
  @Test
  @Order(2)
  void partsVanishFromServiceDiscovery() throws Exception {
    String target = platform.operations();
    prometheus.discover(Map.of("inferwarden-dispatcher", target, "inferwarden-collector", target));
    ChildProcess.until(
        "both are scraped",
        PATIENCE,
        () -> prometheus.query("up{job=~\"inferwarden-(dispatcher|collector)\"} == 1").size() == 2);

    prometheus.discover(Map.of());

    awaitFiring("InferwardenDispatcherAbsent", "InferwardenCollectorAbsent");
  }

  @Test
  @Order(3)
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
  @Order(4)
  void noReceiverTakesAnything() throws Exception {
    receiver.answer("deadman", 500);

    awaitFiring("InferwardenNobodyIsTold", "InferwardenHeartbeatLate");
  }

  /** What a second process of the same {@code instance.id} would do to the first. */
  @Test
  @Order(5)
  void theTransactionsOfTheSinksAreFencedOff() throws Exception {
    try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka));
        Sending fences = new Sending(() -> fenceSinks(admin))) {
      awaitFiring("InferwardenDeliveryRestarting");
    }
  }

  private static void fenceSinks(Admin admin) throws Exception {
    List<String> ids =
        admin.listTransactions().all().get().stream()
            .map(TransactionListing::transactionalId)
            .filter(id -> id.contains("-sink-"))
            .toList();
    try {
      admin.fenceProducers(ids).all().get();
    } catch (ExecutionException busy) {
      // One that just ends a transaction may not be fenced off; the next time it may.
      assertThat(busy).hasCauseInstanceOf(ApiException.class);
    }
  }

  @Test
  @Order(6)
  void wedgedStreamThreads() throws Exception {
    try (WedgedThreads wedged = WedgedThreads.wedge(platform.debugPort(), "StreamThread-");
        Sending events = new Sending(() -> send("no event", 500))) {
      assertThat(wedged.count()).isPositive();

      awaitFiring("InferwardenNotConsuming", "InferwardenLagGrowing");
    }
  }

  @Test
  @Order(7)
  void theBrokerIsKilled() throws Exception {
    try (Sending events = new Sending(() -> sender.post("m"))) {
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
  @Order(8)
  void theProcessIsStopped() throws Exception {
    platform.signal("STOP");

    awaitFiring("InferwardenInstanceDown", "InferwardenJobDown", "InferwardenDetectionAbsent");
  }

  private void awaitFiring(String... alerts) throws Exception {
    prometheus.awaitFiring(PATIENCE, alerts);
  }

  private void send(String line, int count) {
    for (int i = 0; i < count; i++) {
      sender.send("inference-events", line.getBytes(UTF_8));
    }
  }

  /** More models than are shown one by one. */
  private void sendNewModel() {
    for (int i = 0; i < 10; i++) {
      send(EventSender.event("model-" + ++models), 1);
    }
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable each :
        new AutoCloseable[] {sender, prometheus, platform, broker, receiver}) {
      if (each != null) {
        each.close();
      }
    }
  }
}
