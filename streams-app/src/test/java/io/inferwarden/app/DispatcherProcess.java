package io.inferwarden.app;

import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.delivery.AlertingMetrics;
import io.inferwarden.alerting.delivery.DeliveryClients;
import io.inferwarden.alerting.delivery.DeliveryHistory;
import io.inferwarden.alerting.delivery.DeliverySettings;
import io.inferwarden.alerting.delivery.DeliveryTopics;
import io.inferwarden.alerting.delivery.SinkTrouble;
import io.inferwarden.alerting.delivery.SinkWorker;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The workers of three sinks in a JVM of their own, to be killed. It ends with this JVM. */
final class DispatcherProcess implements AutoCloseable {
  static final String APPLICATION = "killed";
  static final String SIEM = "siem";
  static final String PAGER = "pager";
  static final String CHAT = "chat";

  private final Process process;
  private final Thread onShutdown;

  private DispatcherProcess(Process process) {
    this.process = process;
    this.onShutdown = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onShutdown);
  }

  static DispatcherProcess start(String bootstrapServers, int receiverPort, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dsun.net.http.retryPost=false",
            "-cp",
            System.getProperty("java.class.path"),
            DispatcherProcess.class.getName(),
            bootstrapServers,
            String.valueOf(receiverPort));
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    return new DispatcherProcess(builder.start());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
    Runtime.getRuntime().removeShutdownHook(onShutdown);
  }

  /** The child: works until it is killed. */
  public static void main(String[] arguments) {
    DeliverySettings.Breaker breaker =
        new DeliverySettings.Breaker(12, Duration.ofMillis(100), Duration.ofMillis(200));
    DeliverySettings everything =
        DeliverySettings.everything()
            .withWaits(Duration.ofMillis(5), Duration.ofMillis(100))
            .withBreaker(breaker);
    DeliverySettings digests =
        everything
            .withEveryRevision(false)
            .withRate(new DeliverySettings.Rate(30, Duration.ofMillis(500)))
            .withDigest(new DeliverySettings.Digest(Duration.ofMillis(100), Severity.CRITICAL, 5));
    Map<String, DeliverySettings> sinks =
        Map.of(SIEM, everything, PAGER, everything.withEveryRevision(false), CHAT, digests);
    DeliveryClients clients =
        DeliveryClients.of(Map.of("bootstrap.servers", arguments[0]), APPLICATION, "one", true);
    AlertingMetrics metrics = new AlertingMetrics(new CollectorRegistry());
    List<Thread> threads = new ArrayList<>();
    sinks.forEach(
        (name, settings) -> {
          SinkWorker worker =
              new SinkWorker(
                  new ReceiverSink(name, Integer.parseInt(arguments[1])),
                  settings,
                  DeliveryTopics.PLATFORM,
                  clients,
                  metrics,
                  SinkTrouble.UNHEARD,
                  DeliveryHistory.NONE,
                  Clock.systemUTC(),
                  new SplittableRandom(name.hashCode()));
          threads.add(new Thread(worker, name));
        });
    threads.forEach(Thread::start);
  }

  /** Tells the {@link FlakyReceiver}. */
  private record ReceiverSink(String name, int port) implements IncidentSink {
    private static final int TIMEOUT_MILLIS = 300;

    @Override
    public int concurrency() {
      return 4;
    }

    @Override
    public void deliver(Notification notification) throws DeliveryException {
      int status;
      try {
        status = post(notification);
      } catch (IOException e) {
        throw DeliveryException.retryable("no answer: " + e.getClass().getSimpleName(), e);
      }
      if (status == 400) {
        throw DeliveryException.permanent("HTTP 400");
      }
      if (status != 204) {
        throw DeliveryException.retryable("HTTP " + status);
      }
    }

    private int post(Notification notification) throws IOException {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/" + name).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setRequestMethod("POST");
      connection.setRequestProperty("webhook-id", notification.id());
      connection.setRequestProperty("incident", notification.incident().id());
      connection.setRequestProperty("revision", Long.toString(notification.incident().revision()));
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(0);
      connection.getOutputStream().close();
      return connection.getResponseCode();
    }
  }
}
