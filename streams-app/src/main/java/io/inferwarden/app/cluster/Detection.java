package io.inferwarden.app.cluster;

import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.health.EngineState;
import io.inferwarden.app.health.HealthReport;
import io.inferwarden.app.health.KafkaMetrics;
import io.inferwarden.app.health.PartitionPosition;
import io.inferwarden.app.health.RestoreProgress;
import io.inferwarden.app.health.StreamsHealth;
import io.inferwarden.app.health.StreamsMetrics;
import io.inferwarden.app.health.WorkerThread;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.settings.DetectionSettings;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;

/** The judging of events, and the watch over it. */
final class Detection implements Part {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final int LOOKS_BETWEEN_SIZES = 15;

  private final DetectionStreams streams;
  private final KafkaQuestions kafka;
  private final StreamsHealth health;
  private final RestoreProgress restore;
  private final StreamsMetrics metrics;
  private final Rounds rounds = new Rounds("health-watch", this::look);
  private final SayOnceStuck trouble = new SayOnceStuck();
  private final LongSupplier nanoClock;
  private final String applicationId;
  private final Path stateFolder;
  private final int threads;
  private volatile long rebalanceBeganNanos;
  private volatile Map<String, Long> stateEntries = Map.of();
  private volatile long stateFolderBytes;
  private int looks;

  Detection(
      RunConfig config,
      DetectionSettings settings,
      AlertRouting routing,
      int threads,
      CollectorRegistry registry,
      AppMetrics appMetrics,
      LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.applicationId = config.kafka().applicationId();
    this.stateFolder = config.instance().stateFolder();
    this.threads = threads;
    this.metrics = new StreamsMetrics(registry);
    this.restore = new RestoreProgress(metrics, nanoClock);
    this.health =
        new StreamsHealth(
            config.operations().stuckAfter(),
            config.operations().readyLag(),
            restore,
            nanoClock.getAsLong());
    this.streams = new DetectionStreams(config, settings, routing, appMetrics, threads);
    streams.observe(this::enter, restore);
    this.kafka = new KafkaQuestions(Deployment.connection(config));
    StreamsMetrics.register(new Now(), registry);
    registry.register(new KafkaMetrics(streams::metrics));
  }

  private void enter(KafkaStreams.State entered, KafkaStreams.State left) {
    long now = nanoClock.getAsLong();
    health.enter(EngineState.valueOf(entered.name()), now);
    if (entered == KafkaStreams.State.REBALANCING) {
      rebalanceBeganNanos = now;
      metrics.rebalanceBegan();
    } else if (entered == KafkaStreams.State.RUNNING) {
      metrics.rebalanceEnded((now - rebalanceBeganNanos) / 1e9);
    }
  }

  /**
   * Looks where its partitions are; what it costs is asked of Kafka in another thread than work.
   */
  private void look() {
    trouble.look(report());
    if (looks % LOOKS_BETWEEN_SIZES == 0) {
      stateFolderBytes = StateFolder.bytes(stateFolder);
    }
    looks++;
    if (!streams.isAlive()) {
      return;
    }
    stateEntries = streams.stateEntries();
    Set<TopicPartition> assigned = streams.assigned();
    Set<TopicPartition> idle = streams.withIdleReader();
    Optional<List<PartitionPosition>> positions =
        kafka.positions(applicationId, assigned, idle::contains);
    long now = nanoClock.getAsLong();
    positions.ifPresentOrElse(seen -> health.look(seen, now), () -> health.miss(now));
  }

  @Override
  public void start() {
    health.readsShared(nanoClock.getAsLong());
    rounds.start(BETWEEN_LOOKS);
    streams.start();
    health.hasReadShared();
  }

  @Override
  public HealthReport report() {
    HealthReport report = health.report(streams.threads(), nanoClock.getAsLong());
    return report.isAlive() ? report : streams.whyStopped().map(report::because).orElse(report);
  }

  @Override
  public boolean isAtWork() {
    return streams.isAlive();
  }

  @Override
  public void close() {
    rounds.close();
    streams.close();
    kafka.close();
  }

  /** What the metrics are told at the moment they are asked for. */
  private final class Now implements StreamsMetrics.Source {
    @Override
    public EngineState state() {
      return EngineState.valueOf(streams.state());
    }

    @Override
    public List<WorkerThread> threads() {
      return streams.threads();
    }

    @Override
    public int wantedThreads() {
      return threads;
    }

    @Override
    public Map<String, Long> lagByTopic() {
      return health.lagByTopic();
    }

    @Override
    public double progressAgeSeconds() {
      return health.progressAgeSeconds(streams.threads(), nanoClock.getAsLong());
    }

    @Override
    public long restoreRemaining() {
      return restore.remaining();
    }

    @Override
    public Map<String, Long> stateEntries() {
      return stateEntries;
    }

    @Override
    public long stateFolderBytes() {
      return stateFolderBytes;
    }
  }
}
