package io.inferwarden.app.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Kafka's settings for one node that is broker and controller in one, on the loopback address. */
final class BrokerSettings {
  static final int NODE_ID = 1;
  static final String BROKER_LISTENER = "BROKER";
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String ONE = "1";
  private static final int MEBIBYTE = 1 << 20;

  private BrokerSettings() {}

  static Map<String, Object> of(Path dataFolder, int brokerPort, int controllerPort) {
    Map<String, Object> settings = new HashMap<>();
    network(settings, brokerPort, controllerPort);
    replication(settings);
    resources(settings);
    settings.put("log.dirs", dataFolder.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // After a crash, the controller lets the broker in again only when its old session is over.
    settings.put("broker.heartbeat.interval.ms", "1000");
    settings.put("broker.session.timeout.ms", "4000");
    return Map.copyOf(settings);
  }

  private static void network(Map<String, Object> settings, int brokerPort, int controllerPort) {
    String controller = LoopbackSockets.HOST + ":" + controllerPort;
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put(
        "listeners",
        BROKER_LISTENER
            + "://"
            + LoopbackSockets.HOST
            + ":"
            + brokerPort
            + ","
            + CONTROLLER_LISTENER
            + "://"
            + controller);
    settings.put(
        "listener.security.protocol.map",
        BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    settings.put("inter.broker.listener.name", BROKER_LISTENER);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
  }

  private static void replication(Map<String, Object> settings) {
    settings.put("default.replication.factor", ONE);
    settings.put("min.insync.replicas", ONE);
    settings.put("offsets.topic.replication.factor", ONE);
    settings.put("transaction.state.log.replication.factor", ONE);
    settings.put("transaction.state.log.min.isr", ONE);
    settings.put("share.coordinator.state.topic.replication.factor", ONE);
    settings.put("share.coordinator.state.topic.min.isr", ONE);
  }

  /** A node that serves one process needs a fraction of the threads, partitions and buffers. */
  private static void resources(Map<String, Object> settings) {
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.num.partitions", ONE);
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("log.segment.bytes", Integer.toString(64 * MEBIBYTE));
    settings.put("offsets.topic.segment.bytes", Integer.toString(4 * MEBIBYTE));
    settings.put("transaction.state.log.segment.bytes", Integer.toString(4 * MEBIBYTE));
    settings.put("log.index.size.max.bytes", Integer.toString(MEBIBYTE));
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * MEBIBYTE));
    settings.put("metric.reporters", "");
  }
}
