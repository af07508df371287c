package io.inferwarden.k8s.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import okhttp3.tls.HeldCertificate;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * A Kafka that asks for certificates and rights, as Strimzi sets one up with {@code authentication:
 * tls} and {@code authorization: simple}. A second listener, without encryption, is for the test
 * itself, which may do everything. It notes whom it denies what.
 */
final class AuthorizingBroker implements AutoCloseable {
  private static final int NODE = 1;
  private static final String CLIENTS = "CLIENTS";
  private static final String EVERYTHING = "EVERYTHING";
  private static final String CONTROLLER = "CONTROLLER";
  private static final String HOST = "127.0.0.1";
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final Logger AUTHORIZER =
      (Logger) LoggerFactory.getLogger("kafka.authorizer.logger");

  private final ControllerServer controller;
  private final BrokerServer broker;
  private final Denials denials;

  private AuthorizingBroker(ControllerServer controller, BrokerServer broker, Denials denials) {
    this.controller = controller;
    this.broker = broker;
    this.denials = denials;
  }

  /** Keeps what the authorizer says of requests that it denies. */
  private static final class Denials extends AppenderBase<ILoggingEvent> {
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    @Override
    protected void append(ILoggingEvent event) {
      if (event.getFormattedMessage().contains("is Denied")) {
        said.add(event.getFormattedMessage());
      }
    }
  }

  /**
   * Starts.
   *
   * @param server its own certificate
   * @param authority whom it believes who its clients are
   */
  static AuthorizingBroker start(Path folder, HeldCertificate server, HeldCertificate authority)
      throws Exception {
    new Formatter()
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
        .setNodeId(NODE)
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName(CONTROLLER)
        .setDirectories(Set.of(folder.toString()))
        .setMetadataLogDirectory(folder.toString())
        .run();
    Sockets sockets = new Sockets();
    InetSocketAddress address = sockets.bind(CONTROLLER);
    Map<String, Object> settings =
        settings(folder, address.getPort(), sockets.bind(CLIENTS), sockets.bind(EVERYTHING));
    settings.put("listener.name.clients.ssl.keystore.type", "PEM");
    settings.put("listener.name.clients.ssl.keystore.certificate.chain", server.certificatePem());
    settings.put("listener.name.clients.ssl.keystore.key", server.privateKeyPkcs8Pem());
    settings.put("listener.name.clients.ssl.truststore.type", "PEM");
    settings.put("listener.name.clients.ssl.truststore.certificates", authority.certificatePem());
    settings.put("listener.name.clients.ssl.client.auth", "required");
    KafkaConfig config = new KafkaConfig(settings, false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> formatted =
        KafkaRaftServer.initializeLogDirs(config, AUTHORIZER, "");
    SharedServer shared =
        new SharedServer(
            config,
            formatted._1(),
            Time.SYSTEM,
            new Metrics(),
            CompletableFuture.completedFuture(Map.of(NODE, address)),
            Set.of(),
            (name, fatal, action) -> new LoggingFaultHandler(name, action),
            sockets);
    AuthorizingBroker started =
        new AuthorizingBroker(
            new ControllerServer(shared, KafkaRaftServer.configSchema(), formatted._2()),
            new BrokerServer(shared),
            new Denials());
    started.startUp();
    return started;
  }

  private static Map<String, Object> settings(
      Path folder, int controllerPort, InetSocketAddress clients, InetSocketAddress everything) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", String.valueOf(NODE));
    settings.put("log.dirs", folder.toString());
    settings.put(
        "listeners",
        String.join(
            ",",
            listener(CLIENTS, clients.getPort()),
            listener(EVERYTHING, everything.getPort()),
            listener(CONTROLLER, controllerPort)));
    settings.put(
        "listener.security.protocol.map",
        CLIENTS + ":SSL," + EVERYTHING + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    settings.put("inter.broker.listener.name", EVERYTHING);
    settings.put("controller.listener.names", CONTROLLER);
    settings.put("controller.quorum.voters", NODE + "@" + HOST + ":" + controllerPort);
    settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
    settings.put("super.users", "User:ANONYMOUS");
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    for (String topic : List.of("offsets.topic", "transaction.state.log")) {
      settings.put(topic + ".replication.factor", "1");
      settings.put(topic + ".num.partitions", "4");
    }
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("log.segment.bytes", String.valueOf(64 << 20));
    settings.put("log.index.size.max.bytes", String.valueOf(1 << 20));
    settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(4 << 20));
    return settings;
  }

  private static String listener(String name, int port) {
    return name + "://" + HOST + ":" + port;
  }

  /** Ports that stay bound from when they are chosen, so that nobody takes them in between. */
  private static final class Sockets implements ServerSocketFactory {
    private final ConcurrentMap<String, ServerSocketChannel> bound = new ConcurrentHashMap<>();

    InetSocketAddress bind(String listener) throws IOException {
      ServerSocketChannel channel = ServerSocketChannel.open();
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
      bound.put(listener, channel);
      return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public ServerSocketChannel openServerSocket(
        String listener, InetSocketAddress address, int backlog, int receiveBytes) {
      return bound.get(listener);
    }
  }

  private void startUp() {
    denials.start();
    AUTHORIZER.setLevel(Level.INFO);
    AUTHORIZER.setAdditive(false);
    AUTHORIZER.addAppender(denials);
    controller.startup();
    broker.startup();
  }

  /** Where clients with certificates find it. */
  String bootstrapServers() {
    return address(CLIENTS);
  }

  /** Where the test finds it. */
  String bootstrapServersOfTheTest() {
    return address(EVERYTHING);
  }

  private String address(String listener) {
    return HOST + ":" + broker.boundPort(new ListenerName(listener));
  }

  /** What the authorizer has said so far of requests that it denied. */
  List<String> denials() {
    return List.copyOf(denials.said);
  }

  @Override
  public void close() {
    broker.shutdown();
    controller.shutdown();
    broker.awaitShutdown();
    controller.awaitShutdown();
    AUTHORIZER.detachAppender(denials);
  }
}
