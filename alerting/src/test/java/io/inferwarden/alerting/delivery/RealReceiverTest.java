package io.inferwarden.alerting.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Outcome;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.webhook.WebhookSecret;
import io.inferwarden.alerting.sink.webhook.WebhookSink;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A webhook's worker before a web server that is busy, broken, resets and hangs. */
class RealReceiverTest {
  private static final int INCIDENTS = 12;
  private static final Duration TIMEOUT = Duration.ofMillis(700);

  @Test
  @Timeout(60)
  void everythingReachesAFailingWebServerInOrderAndUnderOneId(@TempDir Path folder)
      throws Exception {
    long now = Clock.systemUTC().millis();
    FakeCluster cluster = new FakeCluster();
    for (int i = 0; i < INCIDENTS; i++) {
      cluster.write(News.told(i, 1, IncidentChange.OPENED, now));
      cluster.write(News.told(i, 2, IncidentChange.RESOLVED, now));
    }
    List<String> log;
    try (Nginx nginx = Nginx.start(folder);
        Parallel sink = new Parallel(webhook(nginx));
        SinkWorker worker =
            new SinkWorker(
                sink,
                DeliverySettings.everything()
                    .withWaits(Duration.ofMillis(10), Duration.ofMillis(200))
                    .withBreaker(
                        new DeliverySettings.Breaker(
                            5, Duration.ofMillis(50), Duration.ofMillis(50))),
                FakeCluster.TOPICS,
                cluster,
                new AlertingMetrics(new CollectorRegistry()),
                SinkTrouble.UNHEARD,
                DeliveryHistory.NONE,
                Clock.systemUTC(),
                new SplittableRandom(1))) {
      new Thread(worker, "worker-under-test").start();
      while (ends(cluster).size() < 2 * INCIDENTS) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
      log = nginx.log();
    }

    assertThat(ends(cluster)).extracting(Delivery::outcome).containsOnly(Outcome.DELIVERED);
    assertThat(log.stream().map(line -> line.split(" ", 2)[1]).collect(Collectors.toSet()))
        .contains("204", "429", "500", "444", "499");
    for (int i = 0; i < INCIDENTS; i++) {
      String incident = News.told(i, 1, IncidentChange.OPENED, now).incident().id();
      List<String> taken = new ArrayList<>();
      for (String line : log) {
        if (line.startsWith(incident) && line.endsWith(" 204")) {
          taken.add(line);
        }
      }

      assertThat(taken).containsExactly(incident + "_1 204", incident + "_2 204");
    }
  }

  private static WebhookSink webhook(Nginx nginx) {
    return new WebhookSink(
        new WebhookSink.Settings(
            News.SINK,
            nginx.address(),
            List.of(WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
            TIMEOUT),
        new HttpTransport(
            DestinationGuard.allowing(List.of("127.0.0.1")), TIMEOUT, Clock.systemUTC()));
  }

  private static List<Delivery> ends(FakeCluster cluster) {
    return cluster.ledger().stream().filter(entry -> entry.outcome().isFinal()).toList();
  }

  /** So that one attempt that hangs does not hold up the others. */
  private record Parallel(WebhookSink sink) implements IncidentSink {
    @Override
    public String name() {
      return sink.name();
    }

    @Override
    public int concurrency() {
      return 4;
    }

    @Override
    public void deliver(Notification notification) throws DeliveryException, InterruptedException {
      sink.deliver(notification);
    }

    @Override
    public void close() {
      sink.close();
    }
  }
}
