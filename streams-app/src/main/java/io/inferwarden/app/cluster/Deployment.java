package io.inferwarden.app.cluster;

import io.inferwarden.alerting.delivery.AlertingMetrics;
import io.inferwarden.alerting.delivery.DeliverySettings;
import io.inferwarden.alerting.route.RoutingTree;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.JsonLinesSink;
import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.api.Doorkeeper;
import io.inferwarden.app.api.Receivers;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.AlertsConfig;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.SinkConfig;
import io.inferwarden.app.settings.SettingsOf;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
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
  private final CollectorRegistry registry = new CollectorRegistry();
  private final DetectionStreams streams;
  private final Feed feed;
  private final Delivery delivery;
  private final OperationsServer operations;

  private Deployment(
      RunConfig config,
      int eventPartitions,
      int threads,
      List<Delivery.Told> told,
      Doorkeeper doorkeeper,
      Clock clock)
      throws IOException {
    DefaultExports.register(registry);
    AppMetrics metrics = new AppMetrics(registry);
    AlertingMetrics alertingMetrics = new AlertingMetrics(registry);
    AlertRouting routing = routing(config.alerts(), told, alertingMetrics);
    streams =
        new DetectionStreams(
            config,
            SettingsOf.policy(config.policy(), eventPartitions, true),
            routing,
            metrics,
            threads);
    feed = new Feed(connection(config), receivers(routing), doorkeeper, registry, clock);
    delivery =
        new Delivery(
            connection(config),
            config.kafka().applicationId(),
            config.instance().id(),
            told,
            alertingMetrics,
            feed.trouble(),
            feed.history(),
            clock);
    operations =
        new OperationsServer(
            config.operations().host(), config.operations().port(), registry, health(), feed.api());
  }

  /** Sinks that the configuration does not name are told everything, as the file is. */
  private static AlertRouting routing(
      AlertsConfig alerts, List<Delivery.Told> told, AlertingMetrics metrics) {
    Set<String> names =
        told.stream().map(each -> each.sink().name()).collect(Collectors.toUnmodifiableSet());
    List<String> more =
        names.stream().filter(name -> !alerts.plan().sinks().contains(name)).sorted().toList();
    return new AlertRouting(
        RoutingTree.of(alerts.plan().withAlways(more)),
        names,
        alerts.refreshed(),
        alerts.watchdog(),
        metrics::countSilenced);
  }

  private static Receivers receivers(AlertRouting routing) {
    return new Receivers() {
      @Override
      public List<String> routes() {
        return routing.tree().routes();
      }

      @Override
      public List<String> sinks() {
        return routing.sinks().stream().sorted().toList();
      }

      @Override
      public Optional<List<String>> sinksOfRoute(String route) {
        return routing.tree().sinksOfRoute(route);
      }
    };
  }

  /**
   * Starts an instance: makes the topics that are missing, puts the policy into its topic, and goes
   * to work.
   *
   * @param more sinks beside the file and the sinks of the configuration
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
    int partitions = ClusterTopics.prepare(config);
    CompactedTopics.put(
        connection,
        Topics.POLICIES,
        PolicyRegistry.KEY,
        config.policy().toJson().getBytes(StandardCharsets.UTF_8));
    List<Delivery.Told> told = new ArrayList<>();
    more.forEach(sink -> told.add(new Delivery.Told(sink, DeliverySettings.everything())));
    told.add(
        new Delivery.Told(
            new JsonLinesSink(RunConfig.Incidents.SINK, config.incidents().file()),
            DeliverySettings.everything()));
    SinkFactory factory = new SinkFactory(config.alerts(), connection, environment, clock);
    for (SinkConfig sink : config.alerts().sinks()) {
      told.add(new Delivery.Told(factory.of(sink), sink.delivery()));
    }
    Doorkeeper doorkeeper =
        Doorkeeper.at(config.operations().host(), config.operations().tokens(), environment);
    Deployment deployment = new Deployment(config, partitions, threads, told, doorkeeper, clock);
    deployment.streams.start();
    deployment.feed.start();
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
    feed.close();
  }
}
