package io.inferwarden.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Receivers of several sinks that answer 429 and 500, hang, and close the connection, before and
 * after they have taken what they were told. A few notifications they refuse for good.
 */
final class FlakyReceiver implements AutoCloseable {
  /** Longer than the sink waits. */
  private static final long HANG_MILLIS = 600;

  /** What a receiver took. */
  record Taken(String id, String incident, long revision) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(32);
  private final SplittableRandom random;
  private final Map<String, List<Taken>> taken = new HashMap<>();
  private int requests;
  private int failures;

  FlakyReceiver(long seed) throws IOException {
    random = new SplittableRandom(seed);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Whether a notification is one of the few that are refused for good. */
  static boolean refuses(String id) {
    return Math.floorMod(id.hashCode(), 200) == 0;
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String sink = exchange.getRequestURI().getPath().substring(1);
    Taken told =
        new Taken(
            exchange.getRequestHeaders().getFirst("webhook-id"),
            exchange.getRequestHeaders().getFirst("incident"),
            Long.parseLong(exchange.getRequestHeaders().getFirst("revision")));
    try (exchange) {
      switch (mood(told.id())) {
        case 0, 1, 2 -> exchange.sendResponseHeaders(500, -1);
        case 3, 4 -> exchange.sendResponseHeaders(429, -1);
        case 5 -> hang();
        case 6, 7 -> {} // the connection is closed without an answer
        case 8 -> take(sink, told); // and so it is here, but the notification was taken
        case 400 -> exchange.sendResponseHeaders(400, -1);
        default -> {
          take(sink, told);
          exchange.sendResponseHeaders(204, -1);
        }
      }
    }
  }

  private synchronized int mood(String id) {
    requests++;
    int mood = random.nextInt(100);
    boolean isTaken = mood > 8;
    failures += isTaken ? 0 : 1;
    return isTaken && refuses(id) ? 400 : mood;
  }

  private synchronized void take(String sink, Taken told) {
    taken.computeIfAbsent(sink, name -> new ArrayList<>()).add(told);
  }

  private static void hang() {
    try {
      Thread.sleep(HANG_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized int requests() {
    return requests;
  }

  /** How many requests were answered by a failure, or by nothing. */
  synchronized int failures() {
    return failures;
  }

  /** What was taken for a sink, in order. */
  synchronized List<Taken> taken(String sink) {
    return List.copyOf(taken.getOrDefault(sink, List.of()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
