package io.inferwarden.ingest.collector;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collector's HTTP server. What it acknowledges is safe in the log: an answer that counts
 * events as accepted is sent after the log has them. It holds no thread while it waits, neither for
 * a sender nor for the log.
 */
public final class CollectorServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CollectorServer.class);

  private final Server server;
  private final ServerConnector connector;
  private final CollectorHandler handler;
  private final RequestsInFlight inFlight;
  private final HalvesRelease halves;
  private final ConnectionWatch connections;
  private final Duration closeTime;
  private final boolean isSecure;
  private int port;

  private CollectorServer(CollectorSettings settings, CollectorParts parts) throws IOException {
    CollectorSettings.Limits limits = settings.limits();
    QueuedThreadPool threads =
        new QueuedThreadPool(limits.threads(), Math.min(8, limits.threads()));
    threads.setName("collector");
    server = new Server(threads);
    HttpConfiguration http = httpConfiguration(limits);
    connector = new ServerConnector(server, 1, 1, connectionFactories(settings, http));
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(limits.idleTime().toMillis());
    connections = new ConnectionWatch(connector.getScheduler(), parts.nanos(), limits.idleTime());
    connector.addBean(connections);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(limits.connections(), server));
    server.setErrorHandler(new JsonErrors());
    Quotas quotas = new Quotas(parts.keys(), parts.nanos());
    halves = new HalvesRelease(parts.intake(), quotas, parts.clock(), limits.closeTime());
    inFlight = new RequestsInFlight(limits.requestsInFlight());
    handler =
        new CollectorHandler(
            routes(parts, quotas, halves),
            inFlight,
            connections,
            new Posting.Surroundings(parts, limits, threads));
    server.setHandler(handler);
    closeTime = limits.closeTime();
    isSecure = settings.tls() != null;
  }

  /**
   * Starts to listen.
   *
   * @throws IOException when it cannot listen there, or cannot read the certificates
   * @throws IllegalArgumentException when anybody on the network could send events
   */
  public static CollectorServer start(CollectorSettings settings, CollectorParts parts)
      throws IOException {
    if (parts.keys().isEmpty() && !InetAddress.getByName(settings.host()).isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "host must be a loopback address when no keys are configured, was '"
              + settings.host()
              + "': configure keys (with a hash, or with names of clients' certificates)");
    }
    CollectorServer collector = new CollectorServer(settings, parts);
    try {
      collector.server.start();
    } catch (Exception failure) {
      // Jetty's start throws whatever its parts throw.
      collector.stopServer();
      throw new IOException(
          "cannot listen on "
              + settings.host()
              + ":"
              + settings.port()
              + ": "
              + failure.getMessage(),
          failure);
    }
    collector.port = collector.connector.getLocalPort();
    collector.halves.start();
    LOG.info("The collector listens on {}:{}", settings.host(), collector.port());
    return collector;
  }

  /** Where it listens, or listened until it closed. */
  public int port() {
    return port;
  }

  /** Whether it speaks HTTPS. */
  public boolean isSecure() {
    return isSecure;
  }

  /**
   * Accepts nothing more, lets requests that are under way end for the close time, and sends halves
   * that still wait on their way. The log is not closed: its owner closes it next.
   */
  @Override
  public void close() {
    handler.refuseMore();
    connector.close();
    try {
      int left = inFlight.awaitNone(closeTime);
      if (left > 0) {
        LOG.warn("{} requests were cut off: they took longer than {}", left, closeTime);
      }
      halves.flush();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    } finally {
      halves.close();
      stopServer();
    }
  }

  int openConnections() {
    return connections.openConnections();
  }

  long memoryInUseBytes() {
    return handler.memoryInUseBytes();
  }

  HalvesRelease halves() {
    return halves;
  }

  private void stopServer() {
    try {
      server.stop();
    } catch (Exception failure) {
      // Jetty's stop throws whatever its parts throw; nothing is left to be lost by then.
      LOG.warn("The collector's server did not stop cleanly", failure);
    }
  }

  private static List<PostRoute> routes(CollectorParts parts, Quotas quotas, HalvesRelease halves) {
    List<PostRoute> routes = new ArrayList<>();
    for (EventRoute route : parts.routes()) {
      routes.add(new EventPost(route, parts.intake(), quotas, halves));
    }
    CompanionIntake companions = parts.companions();
    if (companions != null) {
      routes.addAll(companions.routes(quotas));
    }
    return routes;
  }

  private static HttpConfiguration httpConfiguration(CollectorSettings.Limits limits) {
    HttpConfiguration http = new HttpConfiguration();
    http.setRequestHeaderSize(limits.headerBytes());
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    return http;
  }

  private static ConnectionFactory[] connectionFactories(
      CollectorSettings settings, HttpConfiguration http) throws IOException {
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    TlsSettings tls = settings.tls();
    if (tls == null) {
      return new ConnectionFactory[] {plain};
    }
    // Clients check the server's name; the server need not check what name they asked for.
    http.addCustomizer(new SecureRequestCustomizer(false));
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStore(PemFiles.identity(tls.certificate(), tls.privateKey()));
    context.setKeyStorePassword("");
    if (tls.clientAuthorities() != null) {
      context.setTrustStore(PemFiles.authorities(tls.clientAuthorities()));
      context.setWantClientAuth(true);
      context.setNeedClientAuth(tls.isClientCertificateRequired());
    }
    return new ConnectionFactory[] {new SslConnectionFactory(context, plain.getProtocol()), plain};
  }
}
