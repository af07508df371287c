package io.inferwarden.alerting.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A local webhook receiver that keeps what it got and answers as told, 204 when not told. */
final class Receiver implements AutoCloseable {
  record Request(HttpHeaders headers, String body) {
    String header(String name) {
      return headers.firstValue(name).orElseThrow();
    }
  }

  private record Answer(int status, Map<String, String> headers) {}

  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;
  private volatile boolean isStuck;

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=hidden");
  }

  Receiver answer(int status) {
    return answer(status, Map.of());
  }

  Receiver answer(int status, Map<String, String> headers) {
    answers.add(new Answer(status, headers));
    return this;
  }

  /** From now on it begins its answer and never ends it. */
  void dripForever() {
    isStuck = true;
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        new Request(HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true), body));
    Answer answer = answers.isEmpty() ? new Answer(204, Map.of()) : answers.remove();
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    if (isStuck) {
      exchange.sendResponseHeaders(200, 1_000);
      exchange.getResponseBody().write('.');
      exchange.getResponseBody().flush();
      awaitClose();
      return;
    }
    exchange.sendResponseHeaders(answer.status(), -1);
    exchange.close();
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
