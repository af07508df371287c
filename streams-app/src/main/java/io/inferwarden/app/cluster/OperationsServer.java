package io.inferwarden.app.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.inferwarden.app.api.Api;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.exporter.HTTPServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves {@code /metrics} for Prometheus, {@code /healthz} and {@code /readyz} for whoever restarts
 * and routes, and the API of incidents.
 *
 * <p>The JDK's server reads a request in the thread that answers it. So there are more threads than
 * the API may take, and who sends slowly is cut off after ten seconds.
 */
public final class OperationsServer implements AutoCloseable {

  /** What the probes ask. */
  public interface Health {
    /** False when only a restart helps. */
    boolean isAlive();

    /** False while it is starting, restoring or stopping. */
    boolean isReady();

    /** One line that says how it is. */
    String describe();
  }

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
  public OperationsServer(String host, int port, CollectorRegistry registry, Health health)
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
      String host, int port, CollectorRegistry registry, Health health, HttpHandler api)
      throws IOException {
    try {
      server = HttpServer.create(new InetSocketAddress(host, port), BACKLOG);
    } catch (IOException e) {
      throw new IOException(cannotServe(host, port, e), e);
    }
    server.setExecutor(threads);
    server.createContext("/metrics", new HTTPServer.HTTPMetricHandler(registry));
    server.createContext("/healthz", exchange -> answer(exchange, health.isAlive(), health));
    server.createContext("/readyz", exchange -> answer(exchange, health.isReady(), health));
    server.createContext(Api.PREFIX + "/", api);
    server.start();
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  /** Refuses a port that is taken, before anything else is started. */
  static void requireFree(String host, int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new IOException(cannotServe(host, port, e), e);
    }
  }

  private static String cannotServe(String host, int port, IOException cause) {
    return "cannot serve metrics and health on " + host + ":" + port + ": " + cause.getMessage();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, boolean well, Health health)
      throws IOException {
    byte[] body = (health.describe() + "\n").getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(well ? 200 : 503, body.length);
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
