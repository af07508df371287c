package io.inferwarden.k8s.rules;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Receivers of alerts, each of which answers what its test wants. */
final class FakeReceiver implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();

  FakeReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String name = exchange.getRequestURI().getPath().substring(1);
      exchange.sendResponseHeaders(answers.getOrDefault(name, 204), -1);
    }
  }

  /** From now on a receiver answers with this status. */
  void answer(String name, int status) {
    answers.put(name, status);
  }

  String url(String name) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
