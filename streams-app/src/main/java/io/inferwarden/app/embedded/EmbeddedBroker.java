package io.inferwarden.app.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A single-node Kafka in KRaft mode, broker and controller in one, inside this JVM.
 *
 * <p>It listens on free ports of the loopback address only, so several can run side by side and
 * nothing outside the machine reaches them. A named data folder keeps its topics, offsets and
 * transactions from one start to the next; the port changes unless one is asked for. Only one
 * broker at a time can use a folder.
 *
 * <p>Where Kafka's own server would end the process (a fault of the controller), this one logs the
 * fault as an error: the process belongs to the caller. Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  private final BrokerServer broker;
  private final ControllerServer controller;
  private final FolderLock lock;
  private final Path dataFolder;
  private final boolean temporary;
  private final String bootstrapServers;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(
      BrokerServer broker,
      ControllerServer controller,
      FolderLock lock,
      Path dataFolder,
      boolean temporary) {
    this.broker = broker;
    this.controller = controller;
    this.lock = lock;
    this.dataFolder = dataFolder;
    this.temporary = temporary;
    this.bootstrapServers =
        LoopbackSockets.HOST
            + ":"
            + broker.boundPort(new ListenerName(BrokerSettings.BROKER_LISTENER));
  }

  /**
   * Starts a broker in a new temporary folder, which {@link #close} deletes.
   *
   * @throws IOException if the broker cannot start
   */
  public static EmbeddedBroker start() throws IOException {
    Path folder = Files.createTempDirectory("inferwarden-kafka-");
    try {
      return start(folder, 0, true);
    } catch (IOException | RuntimeException e) {
      Utils.delete(folder.toFile());
      throw e;
    }
  }

  /**
   * Starts a broker in the given folder, which is made when missing, and continues from what an
   * earlier broker left there, also from one that was killed.
   *
   * @throws IOException if the broker cannot start, for one because another uses the folder
   */
  public static EmbeddedBroker start(Path dataFolder) throws IOException {
    return start(dataFolder, 0);
  }

  /**
   * The same on a port of the caller's choice, so that clients find it again after a restart.
   *
   * @param port 0 takes a free one
   * @throws IOException if the broker cannot start, for one because the port is taken
   */
  public static EmbeddedBroker start(Path dataFolder, int port) throws IOException {
    Path folder = dataFolder.toAbsolutePath().normalize();
    Files.createDirectories(folder);
    return start(folder, port, false);
  }

  private static EmbeddedBroker start(Path folder, int port, boolean temporary) throws IOException {
    FolderLock lock = FolderLock.acquire(folder);
    try (LoopbackSockets sockets = new LoopbackSockets()) {
      formatWhenNew(folder);
      InetSocketAddress brokerAddress = sockets.bind(BrokerSettings.BROKER_LISTENER, port);
      InetSocketAddress controllerAddress = sockets.bind(BrokerSettings.CONTROLLER_LISTENER, 0);
      KafkaConfig config =
          new KafkaConfig(
              BrokerSettings.of(folder, brokerAddress.getPort(), controllerAddress.getPort()),
              false);
      Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> formatted =
          KafkaRaftServer.initializeLogDirs(config, LOG, "");
      SharedServer shared = sharedServer(config, formatted._1(), controllerAddress, sockets);
      BrokerServer broker = new BrokerServer(shared);
      ControllerServer controller =
          new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2());
      startUp(broker, controller);
      return new EmbeddedBroker(broker, controller, lock, folder, temporary);
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw new IOException(
          "the embedded Kafka could not start in " + folder + ": " + e.getMessage(), e);
    }
  }

  private static SharedServer sharedServer(
      KafkaConfig config,
      MetaPropertiesEnsemble formatted,
      InetSocketAddress controllerAddress,
      LoopbackSockets sockets) {
    return new SharedServer(
        config,
        formatted,
        Time.SYSTEM,
        new Metrics(),
        CompletableFuture.completedFuture(Map.of(BrokerSettings.NODE_ID, controllerAddress)),
        Set.of(),
        (name, fatal, action) -> new LoggingFaultHandler(name, action),
        sockets);
  }

  private static void startUp(BrokerServer broker, ControllerServer controller) {
    try {
      controller.startup();
      broker.startup();
    } catch (RuntimeException e) {
      shutDown(broker, controller);
      throw e;
    }
  }

  /** The broker first: it needs the controller for its own controlled shutdown. */
  private static void shutDown(BrokerServer broker, ControllerServer controller) {
    broker.shutdown();
    controller.shutdown();
    broker.awaitShutdown();
    controller.awaitShutdown();
  }

  private static void formatWhenNew(Path folder) throws IOException {
    if (Files.exists(folder.resolve("meta.properties"))) {
      return;
    }
    try {
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
          .setNodeId(BrokerSettings.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .setDirectories(Set.of(folder.toString()))
          .setMetadataLogDirectory(folder.toString())
          .run();
    } catch (Exception e) {
      throw new IOException("it cannot be formatted for Kafka: " + e.getMessage(), e);
    }
  }

  /** The address for the {@code bootstrap.servers} of clients, {@code HOST:PORT}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Where the broker keeps its data. */
  public Path dataFolder() {
    return dataFolder;
  }

  /** Stops the broker in good order and, when its folder is temporary, deletes that; idempotent. */
  @Override
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      shutDown(broker, controller);
      lock.close();
      if (temporary) {
        Utils.delete(dataFolder.toFile());
      }
    }
  }
}
