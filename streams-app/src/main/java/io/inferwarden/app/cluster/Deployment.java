package io.inferwarden.app.cluster;

import io.inferwarden.alerting.delivery.AlertingMetrics;
import io.inferwarden.alerting.delivery.DeliveryHistory;
import io.inferwarden.alerting.delivery.DeliverySettings;
import io.inferwarden.alerting.delivery.SinkTrouble;
import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.http.HttpTransport;
import io.inferwarden.alerting.route.RoutingPlan;
import io.inferwarden.alerting.route.RoutingTree;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.JsonLinesSink;
import io.inferwarden.alerting.sink.webhook.WebhookSecret;
import io.inferwarden.alerting.sink.webhook.WebhookSink;
import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.settings.SettingsOf;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;

/** One instance of the platform at work: detection, delivery, metrics and health. */
public final class Deployment implements AutoCloseable {
  private static final Duration WEBHOOK_TIMEOUT = Duration.ofSeconds(15);

  private final CollectorRegistry registry = new CollectorRegistry();
  private final DetectionStreams streams;
  private final Delivery delivery;
  private final OperationsServer operations;

  private Deployment(
      RunConfig config, int eventPartitions, int threads, List<IncidentSink> sinks, Clock clock)
      throws IOException {
    DefaultExports.register(registry);
    AppMetrics metrics = new AppMetrics(registry);
    streams =
        new DetectionStreams(
            config,
            SettingsOf.policy(config.policy(), eventPartitions, true),
            routingTo(sinks),
            metrics,
            threads);
    delivery =
        new Delivery(
            connection(config),
            config.kafka().applicationId(),
            config.instance().id(),
            sinks.stream()
                .map(sink -> new Delivery.Told(sink, DeliverySettings.everything()))
                .toList(),
            new AlertingMetrics(registry),
            SinkTrouble.UNHEARD,
            DeliveryHistory.NONE,
            clock);
    operations =
        new OperationsServer(
            config.operations().host(), config.operations().port(), registry, health());
  }

  private static AlertRouting routingTo(List<IncidentSink> sinks) {
    Set<String> names =
        sinks.stream().map(IncidentSink::name).collect(Collectors.toUnmodifiableSet());
    return new AlertRouting(
        RoutingTree.of(RoutingPlan.everythingTo(names)),
        names,
        Set.of(),
        Optional.empty(),
        sink -> {});
  }

  /**
   * Starts an instance: makes the topics that are missing, puts the policy into its topic, and goes
   * to work.
   *
   * @param more sinks beside the file and the webhooks of the configuration
   * @throws IOException when the cluster cannot be reached, a secret is missing or a port is taken
   */
  public static Deployment start(
      RunConfig config,
      int threads,
      List<IncidentSink> more,
      Map<String, String> environment,
      Clock clock)
      throws IOException, InterruptedException {
    OperationsServer.requireFree(config.operations().host(), config.operations().port());
    Map<String, Object> connection = connection(config);
    int partitions =
        ClusterTopics.prepare(
            connection, config.kafka().partitions(), (short) config.kafka().replication());
    CompactedTopics.put(
        connection,
        Topics.POLICIES,
        PolicyRegistry.KEY,
        config.policy().toJson().getBytes(StandardCharsets.UTF_8));
    List<IncidentSink> sinks = new ArrayList<>(more);
    sinks.add(new JsonLinesSink("file", config.incidents().file()));
    for (RunConfig.Webhook webhook : config.webhooks()) {
      WebhookSecret secret = WebhookSecret.parse(webhook.secret().read(environment));
      sinks.add(
          new WebhookSink(
              new WebhookSink.Settings(
                  webhook.name(), webhook.url(), List.of(secret), WEBHOOK_TIMEOUT),
              new HttpTransport(
                  DestinationGuard.allowing(List.of(webhook.url().getHost())),
                  WEBHOOK_TIMEOUT,
                  clock)));
    }
    Deployment deployment = new Deployment(config, partitions, threads, sinks, clock);
    deployment.streams.start();
    deployment.delivery.start();
    return deployment;
  }

  /** How to reach the cluster: what all clients share. */
  public static Map<String, Object> connection(RunConfig config) {
    Map<String, Object> connection = new HashMap<>(config.kafka().properties());
    connection.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    return connection;
  }

  private OperationsServer.Health health() {
    return new OperationsServer.Health() {
      @Override
      public boolean isAlive() {
        return streams.isAlive();
      }

      @Override
      public boolean isReady() {
        return streams.isReady() && delivery.isAlive();
      }

      @Override
      public String describe() {
        return "detection "
            + streams.state()
            + ", delivery "
            + (delivery.isAlive() ? "RUNNING" : "STOPPED");
      }
    };
  }

  /** The port on which metrics and health are served. */
  public int operationsPort() {
    return operations.port();
  }

  public CollectorRegistry registry() {
    return registry;
  }

  public boolean isReady() {
    return streams.isReady() && delivery.isAlive();
  }

  public boolean isAlive() {
    return streams.isAlive();
  }

  @Override
  public void close() {
    operations.close();
    streams.close();
    delivery.close();
  }
}
