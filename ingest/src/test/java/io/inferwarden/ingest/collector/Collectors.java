package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.HostileLines;
import io.inferwarden.ingest.door.Client;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A collector on a free port with a log that remembers, and the ways to speak to it. */
final class Collectors implements AutoCloseable {
  static final String EVENT = HostileLines.event("\"id\":\"e1\"");

  final RecordingLog log = new RecordingLog();
  final CollectorRegistry registry = new CollectorRegistry();
  final AtomicLong nowMillis = new AtomicLong(HostileLines.NOW_MILLIS);
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final CollectorServer server;

  private Collectors(Builder builder) throws IOException {
    CollectorMetrics metrics = new CollectorMetrics(registry);
    EventIntake intake = new EventIntake(ParserDoor::new, log, metrics);
    List<EventRoute> routes = new ArrayList<>(builder.routes);
    routes.add(EventRoute.of("/v1/events", EventRoute.JSON_LINES, new PlainLines()));
    CompanionIntake companions =
        new CompanionIntake("deployments", "feedback", new CountedLetters(), log, metrics);
    InstantSource clock = () -> Instant.ofEpochMilli(nowMillis.get());
    server =
        CollectorServer.start(
            new CollectorSettings(builder.host, 0, builder.tls, builder.limits),
            new CollectorParts(
                intake,
                routes,
                companions,
                builder.keys,
                registry,
                clock,
                builder.nanos == null ? System::nanoTime : builder.nanos::get));
  }

  static Builder with() {
    return new Builder();
  }

  static Collectors start() throws IOException {
    return new Builder().start();
  }

  static final class Builder {
    private String host = "127.0.0.1";
    private CollectorSettings.Limits limits =
        Collectors.limits(Duration.ofSeconds(30), Duration.ofSeconds(60));
    private ClientKeys keys = ClientKeys.none();
    private @Nullable TlsSettings tls;
    private @Nullable AtomicLong nanos;
    private final List<EventRoute> routes = new ArrayList<>();

    Builder host(String value) {
      host = value;
      return this;
    }

    Builder limits(CollectorSettings.Limits value) {
      limits = value;
      return this;
    }

    Builder keys(ClientKey... values) {
      keys = ClientKeys.of(List.of(values));
      return this;
    }

    Builder tls(TlsSettings value) {
      tls = value;
      return this;
    }

    Builder nanos(AtomicLong value) {
      nanos = value;
      return this;
    }

    Builder route(EventRoute route) {
      routes.add(route);
      return this;
    }

    Collectors start() throws IOException {
      return new Collectors(this);
    }
  }

  /** Small limits, so that tests reach them. */
  static CollectorSettings.Limits limits(Duration requestTime, Duration idleTime) {
    return new CollectorSettings.Limits(
        1 << 20,
        4 << 20,
        200,
        64L << 20,
        4096,
        requestTime,
        idleTime,
        Duration.ofSeconds(10),
        2048,
        64,
        16);
  }

  URI uri(String path) {
    return URI.create(
        (server.isSecure() ? "https" : "http") + "://localhost:" + server.port() + path);
  }

  HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
  }

  HttpResponse<String> post(String path, byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofByteArray(body));
    if (List.of(headers).stream().noneMatch("Content-Type"::equals)) {
      request.header("Content-Type", "application/json");
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Sends bytes as they are and reads until the server closes. */
  String raw(String request) throws IOException {
    try (Socket socket = socket()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return readAll(socket);
    }
  }

  static String readAll(Socket socket) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    socket.getInputStream().transferTo(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  double metric(String name, String... labelsAndValues) {
    String[] labels = new String[labelsAndValues.length / 2];
    String[] values = new String[labels.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = labelsAndValues[2 * i];
      values[i] = labelsAndValues[2 * i + 1];
    }
    Double value = registry.getSampleValue(name, labels, values);
    return value == null ? 0 : value;
  }

  @Override
  public void close() {
    log.goOn();
    server.close();
  }

  /** Hides a name behind its length. */
  private static final class CountedLetters implements CompanionNames {
    @Override
    public String pseudonym(Client client, String name, long nowMillis) {
      return "hidden-" + name.length();
    }

    @Override
    public String eventId(Client client, String id) {
      return id;
    }
  }
}
