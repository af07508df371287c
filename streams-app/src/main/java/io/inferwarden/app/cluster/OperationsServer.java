package io.inferwarden.app.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.inferwarden.app.api.Api;
import io.inferwarden.app.health.HealthReport;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Serves {@code /metrics} for Prometheus, {@code /healthz}, {@code /readyz} and {@code /startupz}
 * for whoever restarts and routes, and the API of incidents.
 *
 * <p>The JDK's server reads a request in the thread that answers it. So there are more threads than
 * the API may take, and who sends slowly is cut off after ten seconds.
 */
public final class OperationsServer implements AutoCloseable {

  private static final int MOST_THREADS = 64;
  private static final int BACKLOG = 128;

  static {
    // The JDK's server takes its settings from system properties, once.
    setUnlessGiven("sun.net.httpserver.maxReqTime", "10");
    setUnlessGiven("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(MOST_THREADS, OperationsServer::daemon);

  /**
   * Starts to serve.
   *
   * @param port 0 takes a free one
   */
  public OperationsServer(
      String host, int port, CollectorRegistry registry, Supplier<HealthReport> health)
      throws IOException {
    this(host, port, registry, health, OperationsServer::refuse);
  }

  /**
   * Starts to serve, the API as well.
   *
   * @param port 0 takes a free one
   * @param api answers below {@value Api#PREFIX}; closed by whoever made it
   */
  public OperationsServer(
      String host,
      int port,
      CollectorRegistry registry,
      Supplier<HealthReport> health,
      HttpHandler api)
      throws IOException {
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
    } catch (IOException e) {
      throw new IOException(cannotServe(host, port, e), e);
    }
    server.setExecutor(threads);
    server.createContext("/metrics", new HTTPServer.HTTPMetricHandler(registry));
    probe("/healthz", HealthReport::isAlive, health);
    probe("/readyz", HealthReport::isReady, health);
    probe("/startupz", HealthReport::isStarted, health);
    server.createContext(Api.PREFIX + "/", api);
    server.start();
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Of a process that has no API. */
  static void refuse(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  /** Of an API that will answer soon. */
  static void notYet(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Retry-After", "5");
      exchange.sendResponseHeaders(503, -1);
    }
  }

  private static String cannotServe(String host, int port, IOException cause) {
    return "cannot serve metrics and health on " + host + ":" + port + ": " + cause.getMessage();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void probe(String path, Predicate<HealthReport> isWell, Supplier<HealthReport> health) {
    server.createContext(
        path,
        exchange -> {
          HealthReport report = health.get();
          answer(exchange, isWell.test(report) ? 200 : 503, report.toJson() + "\n");
        });
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "operations-server");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
