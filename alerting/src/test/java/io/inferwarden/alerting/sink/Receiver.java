package io.inferwarden.alerting.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A local HTTP receiver that keeps what it got and answers as told, or else as usual. */
public final class Receiver implements AutoCloseable {
  /** Stands in the path of {@link #address}: it must come out nowhere. */
  public static final String PATH_SECRET = "p4th-t0ken";

  /** What was received. */
  public record Request(String method, URI target, HttpHeaders headers, String body) {
    public String header(String name) {
      return headers.firstValue(name).orElseThrow();
    }
  }

  /** What is answered; {@code hangs} before the answer, {@code drips} within its body. */
  public record Answer(
      int status, Map<String, String> headers, String body, boolean hangs, boolean drips) {
    public static Answer of(int status) {
      return of(status, "");
    }

    public static Answer of(int status, String body) {
      return new Answer(status, Map.of(), body, false, false);
    }

    public static Answer of(int status, Map<String, String> headers) {
      return new Answer(status, headers, "", false, false);
    }

    public static Answer hanging() {
      return new Answer(200, Map.of(), "", true, false);
    }

    public static Answer dripping() {
      return new Answer(200, Map.of(), "", false, true);
    }
  }

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool(Receiver::daemon);
  private final Function<Request, Answer> usual;
  private final HttpServer server;

  /** A receiver that usually answers 204. */
  public Receiver() {
    this(request -> Answer.of(204));
  }

  /** A receiver that usually answers as the function says. */
  public Receiver(Function<Request, Answer> usual) {
    this.usual = usual;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it listens, with a secret in the path. */
  public URI address() {
    return base().resolve("/hook/" + PATH_SECRET);
  }

  /** Where it listens, without a path. */
  public URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What was received so far, in order. */
  public List<Request> requests() {
    return requests;
  }

  /** What was received last. */
  public Request last() {
    return requests.get(requests.size() - 1);
  }

  /** The next request that has no answer yet gets this one. */
  public Receiver answer(Answer answer) {
    answers.add(answer);
    return this;
  }

  public Receiver answer(int status) {
    return answer(Answer.of(status));
  }

  public Receiver answer(int status, Map<String, String> headers) {
    return answer(Answer.of(status, headers));
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Request request =
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true),
            body);
    requests.add(request);
    Answer scripted = answers.poll();
    Answer answer = scripted == null ? usual.apply(request) : scripted;
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    if (answer.hangs()) {
      awaitClose();
    }
    if (answer.drips()) {
      exchange.sendResponseHeaders(answer.status(), 1_000);
      exchange.getResponseBody().write('.');
      exchange.getResponseBody().flush();
      awaitClose();
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void awaitClose() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "test-receiver");
    thread.setDaemon(true);
    return thread;
  }
}
