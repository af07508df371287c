package io.inferwarden.app.cluster;

import com.sun.net.httpserver.HttpHandler;
import io.inferwarden.alerting.delivery.AlertingMetrics;
import io.inferwarden.app.api.Doorkeeper;
import io.inferwarden.app.api.Receivers;
import io.inferwarden.app.health.HealthReport;
import io.inferwarden.app.health.WorkersHealth;
import io.inferwarden.app.policy.RunConfig;
import io.prometheus.client.CollectorRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The delivery of incidents to people, with their feed and what people do to them. */
final class Dispatch implements Part {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

  private final Feed feed;
  private final Delivery delivery;
  private final KafkaQuestions kafka;
  private final WorkersHealth health = new WorkersHealth();
  private final Rounds rounds = new Rounds("delivery-watch", this::look);
  private final SayOnceStuck trouble = new SayOnceStuck();
  private final LongSupplier nanoClock;

  /**
   * @param instance the name that this process keeps over restarts, if it does
   */
  Dispatch(
      RunConfig config,
      Optional<String> instance,
      List<Delivery.Told> told,
      Receivers receivers,
      Doorkeeper doorkeeper,
      AlertingMetrics metrics,
      CollectorRegistry registry,
      Clock clock,
      LongSupplier nanoClock) {
    Map<String, Object> connection = Deployment.connection(config);
    this.nanoClock = nanoClock;
    this.feed = new Feed(connection, receivers, doorkeeper, registry, clock);
    this.delivery =
        new Delivery(
            connection,
            config.kafka().applicationId(),
            instance,
            told,
            metrics,
            feed.trouble(),
            feed.history(),
            clock);
    this.kafka = new KafkaQuestions(connection);
  }

  private void look() {
    trouble.look(report());
    if (kafka.answers()) {
      health.answered(nanoClock.getAsLong());
    }
  }

  HttpHandler api() {
    return feed.api();
  }

  @Override
  public void start() {
    feed.start();
    delivery.start();
    rounds.start(BETWEEN_LOOKS);
  }

  @Override
  public HealthReport report() {
    return health.report(delivery.workers(), nanoClock.getAsLong());
  }

  @Override
  public boolean isAtWork() {
    return report().isAlive();
  }

  @Override
  public void close() {
    rounds.close();
    delivery.close();
    feed.close();
    kafka.close();
  }
}
