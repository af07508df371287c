package io.inferwarden.app.cluster;

import com.sun.net.httpserver.HttpHandler;
import io.inferwarden.alerting.delivery.AlertingMetrics;
import io.inferwarden.alerting.delivery.DeliverySettings;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.alerting.sink.JsonLinesSink;
import io.inferwarden.app.api.Doorkeeper;
import io.inferwarden.app.health.Build;
import io.inferwarden.app.health.CounterSum;
import io.inferwarden.app.health.DeadLetterCounts;
import io.inferwarden.app.health.HealthReport;
import io.inferwarden.app.health.ProcessMetrics;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.SinkConfig;
import io.inferwarden.app.settings.SettingsOf;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * One process of the platform at work: detection, delivery or both, with metrics and health.
 *
 * <p>Where detection and delivery are processes of their own, both read the same configuration: the
 * one decides who is told of what, the other tells them.
 */
public final class Deployment implements AutoCloseable {
  /** Before there is a part that could say how it is. */
  private static final HealthReport PREPARING =
      new HealthReport(
          "STARTING",
          true,
          false,
          false,
          OptionalLong.empty(),
          0,
          List.of(),
          Optional.of("its topics are being prepared"));

  private final CollectorRegistry registry;
  private final DeadLetterCounts deadLetters;
  private final List<Part> parts;
  private final OperationsServer operations;

  private Deployment(
      CollectorRegistry registry,
      DeadLetterCounts deadLetters,
      List<Part> parts,
      OperationsServer operations) {
    this.registry = registry;
    this.deadLetters = deadLetters;
    this.parts = parts;
    this.operations = operations;
  }

  /**
   * Starts an instance that does everything: makes the topics that are missing, puts the policy
   * into its topic, and goes to work. Metrics and health are served from the beginning of that.
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
    return start(
        new Beginning(config, environment, clock),
        made -> {
          made.addDetection(threads, more.stream().map(IncidentSink::name).toList());
          made.addDispatch(more, config.instance().id());
        });
  }

  /**
   * Starts an instance that finds incidents and leaves their delivery to a process that {@link
   * #startDispatch} started with the same configuration.
   */
  public static Deployment startDetection(
      RunConfig config, int threads, Map<String, String> environment, Clock clock)
      throws IOException, InterruptedException {
    return start(
        new Beginning(config, environment, clock), made -> made.addDetection(threads, List.of()));
  }

  /** Starts an instance that delivers incidents which others find, and serves their feed. */
  public static Deployment startDispatch(
      RunConfig config, Map<String, String> environment, Clock clock)
      throws IOException, InterruptedException {
    // In its groups it is no static member: who takes its place has another name.
    return start(
        new Beginning(config, environment, clock),
        made -> made.addDispatch(List.of(), Optional.empty()));
  }

  private static Deployment start(Beginning beginning, Work work)
      throws IOException, InterruptedException {
    try {
      beginning.prepareTopics();
      work.addTo(beginning);
      return beginning.start();
    } catch (IOException | InterruptedException | RuntimeException e) {
      beginning.close();
      throw e;
    }
  }

  /** How to reach the cluster: what all clients share. */
  public static Map<String, Object> connection(RunConfig config) {
    Map<String, Object> connection = new HashMap<>(config.kafka().properties());
    connection.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.kafka().bootstrapServers());
    return connection;
  }

  private static HealthReport report(List<Part> parts) {
    return parts.stream().map(Part::report).reduce(HealthReport::and).orElse(PREPARING);
  }

  /** How it is now, as the probes are told. */
  public HealthReport report() {
    return report(parts);
  }

  /** Who leaves dead letters beside its parts is to be added here. */
  public DeadLetterCounts deadLetters() {
    return deadLetters;
  }

  /** The port on which metrics and health are served. */
  public int operationsPort() {
    return operations.port();
  }

  public CollectorRegistry registry() {
    return registry;
  }

  public boolean isReady() {
    return report().isReady();
  }

  /** False when a part of it has ended by itself, for good. */
  public boolean isAlive() {
    return parts.stream().allMatch(Part::isAtWork);
  }

  @Override
  public void close() {
    operations.close();
    parts.forEach(Part::close);
  }

  /** What a process is to do. */
  private interface Work {
    void addTo(Beginning beginning) throws IOException, InterruptedException;
  }

  /** A process that serves metrics and health, and is being made. */
  private static final class Beginning implements AutoCloseable {
    private final RunConfig config;
    private final Map<String, String> environment;
    private final Clock clock;
    private final CollectorRegistry registry = new CollectorRegistry();
    private final AlertingMetrics alerting = new AlertingMetrics(registry);
    private final DeadLetterCounts deadLetters = new DeadLetterCounts();
    private final List<Part> parts = new ArrayList<>();
    private final OperationsServer operations;
    private HttpHandler api = OperationsServer::refuse;
    private volatile List<Part> reporting = List.of();
    private volatile HttpHandler answering = OperationsServer::notYet;
    private int partitions;

    Beginning(RunConfig config, Map<String, String> environment, Clock clock) throws IOException {
      this.config = config;
      this.environment = environment;
      this.clock = clock;
      DefaultExports.register(registry);
      registry.register(deadLetters);
      Supplier<HealthReport> health = () -> report(reporting);
      ProcessMetrics.register(health, Build.of(environment), registry);
      this.operations =
          new OperationsServer(
              config.operations().host(),
              config.operations().port(),
              registry,
              health,
              exchange -> answering.handle(exchange));
    }

    void prepareTopics() throws IOException, InterruptedException {
      partitions = ClusterTopics.prepare(config);
    }

    void addDetection(int threads, List<String> moreSinks)
        throws IOException, InterruptedException {
      CompactedTopics.put(
          connection(config),
          Topics.POLICIES,
          PolicyRegistry.KEY,
          config.policy().toJson().getBytes(StandardCharsets.UTF_8));
      AppMetrics metrics = new AppMetrics(registry);
      deadLetters.add(Topics.DEAD_LETTER_EVENTS, () -> CounterSum.of(metrics.eventsRejected));
      parts.add(
          new Detection(
              config,
              SettingsOf.policy(config.policy(), partitions, true),
              Routing.of(config, moreSinks, alerting),
              threads,
              registry,
              metrics,
              System::nanoTime));
    }

    void addDispatch(List<IncidentSink> more, Optional<String> instance) throws IOException {
      List<Delivery.Told> told = new ArrayList<>();
      more.forEach(sink -> told.add(new Delivery.Told(sink, DeliverySettings.everything())));
      Optional<Path> file = config.incidents().file();
      if (file.isPresent()) {
        told.add(
            new Delivery.Told(
                new JsonLinesSink(RunConfig.Incidents.SINK, file.get()),
                DeliverySettings.everything()));
      }
      SinkFactory factory =
          new SinkFactory(config.alerts(), connection(config), environment, clock);
      for (SinkConfig sink : config.alerts().sinks()) {
        told.add(new Delivery.Told(factory.of(sink), sink.delivery()));
      }
      Doorkeeper doorkeeper =
          Doorkeeper.at(config.operations().host(), config.operations().tokens(), environment);
      List<String> moreNames = more.stream().map(IncidentSink::name).toList();
      deadLetters.add(Topics.DEAD_LETTER_NOTIFICATIONS, alerting::deadLetters);
      Dispatch dispatch =
          new Dispatch(
              config,
              instance,
              told,
              Routing.receivers(Routing.of(config, moreNames, alerting)),
              doorkeeper,
              alerting,
              registry,
              clock,
              System::nanoTime);
      api = dispatch.api();
      parts.add(dispatch);
    }

    Deployment start() {
      List<Part> all = List.copyOf(parts);
      reporting = all;
      answering = api;
      all.forEach(Part::start);
      return new Deployment(registry, deadLetters, all, operations);
    }

    /** Only where it does not come to work. */
    @Override
    public void close() {
      operations.close();
      reporting.forEach(Part::close);
    }
  }
}
