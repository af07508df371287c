package io.inferwarden.k8s.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwarden.k8s.process.ChildProcess;
import io.inferwarden.k8s.process.PrometheusProcess;
import io.inferwarden.k8s.process.Promtool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.GroupState;
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
 * As {@link AlertsFireIT}, for what breaks inside: the spool, the records and the group of
 * detection, its threads, the audit, the restore of its state.
 */
@Timeout(180)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokenPartsFireIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String GROUP = "broken-parts";
  private static final int GARBAGE_BYTES = 100;

  private ChildProcess broker;
  private RunningPlatform platform;
  private PrometheusProcess prometheus;
  private EventSender sender;
  private Admin admin;
  private Path folder;
  private String kafka = "";
  private int operationsPort;
  private int collectorPort;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    Promtool.require("prometheus");
    folder = temporary;
    damageSpool();
    operationsPort = PrometheusProcess.freePort();
    collectorPort = PrometheusProcess.freePort();
    broker = RunningPlatform.broker(folder);
    kafka = RunningPlatform.bootstrapServers(broker);
    platform = RunningPlatform.start(config("state"), folder.resolve("platform.log"), false);
    platform.awaitReady();
    Path data = Files.createDirectory(folder.resolve("prometheus"));
    FasterClock.writeRulesInto(data);
    prometheus = PrometheusProcess.start(data, "inferwarden", platform.operations());
    sender = new EventSender(kafka, collectorPort);
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka));
  }

  /** A first segment of garbage, and a second one so that the first is no half written end. */
  private void damageSpool() throws IOException {
    Path spool = Files.createDirectory(folder.resolve("spool"));
    Files.write(spool.resolve("%019d.spool".formatted(0)), new byte[GARBAGE_BYTES]);
    Files.createFile(spool.resolve("%019d.spool".formatted(GARBAGE_BYTES)));
  }

  private Path config(String state) throws IOException {
    Path config = folder.resolve(state + ".yaml");
    Files.writeString(
        config,
        """
        kafka: {bootstrapServers: "%s", applicationId: %s, partitions: 2}
        instance: {stateFolder: "%s"}
        operations: {port: %d}
        incidents: {file: "%s"}
        collector: {host: 127.0.0.1, port: %d, spool: {folder: "%s"}}
        policy: {idleAfter: 1s}
        """
            .formatted(
                kafka,
                GROUP,
                folder.resolve(state),
                operationsPort,
                folder.resolve("incidents.jsonl"),
                collectorPort,
                folder.resolve("spool")));
    return config;
  }

  @Test
  @Order(1)
  void damagedSpoolAndUnreadableRecord() throws Exception {
    sender.send("findings", "no finding".getBytes(UTF_8));

    prometheus.awaitFiring(PATIENCE, "InferwardenSpoolDamaged", "InferwardenErrorsSurvived");
  }

  @Test
  @Order(2)
  void membersOfTheGroupLeaveAndJoin() throws Exception {
    try (Sending events = new Sending(() -> sender.post("m"));
        Sending away = new Sending(this::removeMembers)) {
      prometheus.awaitFiring(PATIENCE, "InferwardenRebalancing");
    }
  }

  /** Each is told that it is no member any more, and joins anew. */
  private void removeMembers() throws Exception {
    if (admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP).groupState()
        == GroupState.STABLE) {
      admin
          .removeMembersFromConsumerGroup(GROUP, new RemoveMembersFromConsumerGroupOptions())
          .all()
          .get();
    }
  }

  @Test
  @Order(3)
  void theBrokerStandsStillAndTheSpoolKeepsTheEvents() throws Exception {
    broker.signal("STOP");
    try (Sending events = new Sending(() -> sender.post("m"))) {
      prometheus.awaitFiring(PATIENCE, "InferwardenSpoolGrowing");
    } finally {
      broker.signal("CONT");
    }
  }

  /** A fault that the code does not have: events are committed and their records are not. */
  @Test
  @Order(4)
  void eventsAreWrittenWithoutTheirRecordsOfTheAudit() throws Exception {
    try (Sending events = new Sending(() -> sender.post("m"))) {
      ChildProcess.until(
          "Prometheus has seen a chain grow",
          PATIENCE,
          () -> !prometheus.query("inferwarden_ingest_log_chain_position > 0").isEmpty());
      try (BrokenCode broken =
          BrokenCode.attach(platform.debugPort())
              .returnsNull("io.inferwarden.ingest.collector.log.ChainedAudit", "append")) {
        prometheus.awaitFiring(PATIENCE, "InferwardenAuditChainStalled");
      }
    }
  }

  /** As where the system gives a process no more threads: the one that takes over is not made. */
  @Test
  @Order(5)
  void aStreamThreadDiesAndItsReplacementDoesNotBegin() throws Exception {
    try (BrokenCode broken =
        BrokenCode.attach(platform.debugPort())
            .failsOnce(
                "org.apache.kafka.streams.processor.internals.StreamThread",
                "runOnceWithoutProcessingThreads",
                OutOfMemoryError.class.getName())
            .failsOnce(
                "org.apache.kafka.streams.KafkaStreams",
                "addStreamThread",
                OutOfMemoryError.class.getName())) {
      prometheus.awaitFiring(PATIENCE, "InferwardenStreamThreadDead");
    }
  }

  @Test
  @Order(6)
  void theStateIsLostAndItsRestoreStandsStill() throws Exception {
    platform.close();
    platform = RunningPlatform.start(config("lost"), folder.resolve("restore.log"), true);
    try (WedgedThreads wedged =
        WedgedThreads.wedgeAt(
            platform.debugPort(),
            "org.apache.kafka.streams.processor.internals.StoreChangelogReader",
            "restoreChangelog")) {
      prometheus.awaitFiring(PATIENCE, "InferwardenRestoreStuck", "InferwardenStreamsNotRunning");
    }
    platform.awaitReady();
  }

  @AfterAll
  void stop() throws Exception {
    for (AutoCloseable each : new AutoCloseable[] {sender, admin, prometheus, platform, broker}) {
      if (each != null) {
        each.close();
      }
    }
  }
}
