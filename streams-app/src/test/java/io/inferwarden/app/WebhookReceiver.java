package io.inferwarden.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Someone who is told of incidents: checks each signature with the reference library, refuses the
 * first attempts of the first messages, and remembers the rest.
 */
final class WebhookReceiver implements AutoCloseable {
  /** Few, since every refusal costs the sender a pause. */
  private static final int REFUSED = 3;

  /** One attempt of a sender. */
  record Attempt(String id, String body, int answer) {}

  private final HttpServer server;
  private final Webhook verifier;
  private final List<Attempt> attempts = new ArrayList<>();

  WebhookReceiver(String secret) throws IOException {
    verifier = new Webhook(secret);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext("/hook", this::take);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  private synchronized void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    int answer = isSigned(body, headers) ? answerTo(id) : 401;
    attempts.add(new Attempt(id, body, answer));
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  private boolean isSigned(String body, Map<String, List<String>> headers) {
    try {
      verifier.verify(body, headers);
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    }
  }

  private int answerTo(String id) {
    boolean isKnown = attempts.stream().anyMatch(attempt -> attempt.id().equals(id));
    long refused = attempts.stream().filter(attempt -> attempt.answer() == 503).count();
    return !isKnown && refused < REFUSED ? 503 : 204;
  }

  /** All attempts by now, in their order. */
  synchronized List<Attempt> attempts() {
    return List.copyOf(attempts);
  }

  /** The messages that were taken, in their order. */
  List<Attempt> taken() {
    return attempts().stream().filter(attempt -> attempt.answer() == 204).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
