package io.inferwarden.app.intake;

import io.inferwarden.app.cluster.ClusterTopics;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.health.DeadLetterCounts;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.CollectorConfig;
import io.inferwarden.app.policy.IntakeConfig;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.SourceConfig;
import io.inferwarden.ingest.audit.AuditChains;
import io.inferwarden.ingest.audit.AuditSigner;
import io.inferwarden.ingest.collector.ClientKey;
import io.inferwarden.ingest.collector.ClientKeys;
import io.inferwarden.ingest.collector.CollectorMetrics;
import io.inferwarden.ingest.collector.CollectorParts;
import io.inferwarden.ingest.collector.CollectorServer;
import io.inferwarden.ingest.collector.CollectorSettings;
import io.inferwarden.ingest.collector.CompanionIntake;
import io.inferwarden.ingest.collector.EventIntake;
import io.inferwarden.ingest.collector.EventLog;
import io.inferwarden.ingest.collector.Quota;
import io.inferwarden.ingest.collector.TlsSettings;
import io.inferwarden.ingest.collector.log.AuditTrail;
import io.inferwarden.ingest.collector.log.ChainedAudit;
import io.inferwarden.ingest.collector.log.KafkaEventLog;
import io.inferwarden.ingest.collector.log.KafkaLogSettings;
import io.inferwarden.ingest.collector.log.LogMetrics;
import io.inferwarden.ingest.collector.log.LogTopics;
import io.inferwarden.ingest.collector.log.SpoolSettings;
import io.inferwarden.ingest.collector.log.SpooledEventLog;
import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.door.CompanionDoor;
import io.inferwarden.ingest.door.DoorSettings;
import io.inferwarden.ingest.door.PrivacyDoor;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * How events get in: the collector over HTTP and the topics of gateways, through one door into one
 * log.
 */
public final class Intake implements AutoCloseable {
  /** In the state folder, unless the configuration names another file. */
  public static final String AUDIT_KEY = "audit-signing-key.pem";

  /** Between looks for a Kafka that is away; also how long a stop may wait for one of them. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int BURST_SECONDS = 10;

  private final EventLog log;
  private final @Nullable CollectorServer server;
  private final List<TopicReader> readers;

  private Intake(EventLog log, @Nullable CollectorServer server, List<TopicReader> readers) {
    this.log = log;
    this.server = server;
    this.readers = readers;
  }

  /**
   * Begins to take events. Kafka need not be there yet.
   *
   * @param registry where it is counted
   * @param deadLetters is told of the letters that readers of topics leave
   * @param servesMetrics whether the collector serves the registry, too
   * @param environment the environment variables of the process
   * @throws IOException when a secret is missing, a file cannot be read or a port is taken
   */
  public static Intake start(
      RunConfig config,
      CollectorRegistry registry,
      DeadLetterCounts deadLetters,
      boolean servesMetrics,
      Map<String, String> environment,
      Clock clock)
      throws IOException {
    IntakeConfig intake = config.intake();
    refuseOwnTopics(intake.sources());
    EventFormats formats = formats(intake.collector().orElse(CollectorConfig.defaults()));
    Path stateFolder = config.instance().stateFolder();
    SecureRandom random = new SecureRandom();
    DoorSettings door = PrivacyKeys.settings(intake.privacy(), stateFolder, environment);
    CollectorMetrics metrics = new CollectorMetrics(registry);
    EventLog log = log(config, new LogMetrics(registry), random, clock);
    CollectorServer server = null;
    try {
      EventIntake events =
          new EventIntake(() -> new Door(new PrivacyDoor(door, random)), log, metrics);
      if (intake.collector().isPresent()) {
        CollectorParts parts =
            new CollectorParts(
                events,
                formats.routes(),
                new CompanionIntake(
                    Topics.DEPLOYMENTS,
                    Topics.FEEDBACK,
                    new HiddenNames(new CompanionDoor(door, random)),
                    log,
                    metrics),
                keys(intake.collector().get()),
                servesMetrics ? registry : null,
                clock,
                System::nanoTime);
        server = CollectorServer.start(settings(intake.collector().get()), parts);
      }
      List<TopicReader> readers = new ArrayList<>();
      for (SourceConfig source : intake.sources()) {
        readers.add(reader(config, source, formats, events, log, clock));
      }
      deadLetters.add(
          Topics.DEAD_LETTER_EVENTS,
          () -> readers.stream().mapToLong(TopicReader::lettersWritten).sum());
      readers.forEach(TopicReader::start);
      return new Intake(log, server, readers);
    } catch (IOException | RuntimeException e) {
      if (server != null) {
        server.close();
      }
      log.close();
      throw e;
    }
  }

  /** What is read from a topic that its reader writes would be read for ever. */
  private static void refuseOwnTopics(List<SourceConfig> sources) throws IOException {
    for (SourceConfig source : sources) {
      if (Topics.isOwn(source.topic())) {
        throw new IOException(
            "sources: " + source.topic() + " is written by Inferwarden itself: name another topic");
      }
    }
  }

  private static EventFormats formats(CollectorConfig config) throws IOException {
    try {
      return new EventFormats(config.formats());
    } catch (IllegalArgumentException e) {
      throw new IOException("collector: " + e.getMessage(), e);
    }
  }

  private static EventLog log(
      RunConfig config, LogMetrics metrics, SecureRandom random, Clock clock) throws IOException {
    String instance = instance(config);
    KafkaLogSettings settings =
        KafkaLogSettings.of(
                Deployment.connection(config),
                config.kafka().applicationId(),
                instance,
                new LogTopics(
                    Topics.INFERENCE_EVENTS, Topics.INFERENCE_AUDIT, Topics.INFERENCE_TEXT))
            .withPreparation(() -> prepare(config));
    AuditTrail audit = AuditTrail.NONE;
    if (config.intake().audit().enabled()) {
      AuditSigner signer = AuditSigner.loadOrCreate(auditKey(config), random);
      audit = new ChainedAudit(instance, signer, AuditChains.Settings.defaults(), clock, random);
    }
    Optional<CollectorConfig.Spool> spool =
        config.intake().collector().flatMap(CollectorConfig::spool);
    if (spool.isEmpty()) {
      return KafkaEventLog.start(settings, audit, metrics, System::nanoTime);
    }
    SpoolSettings usual = SpoolSettings.of(spool.get().folder());
    SpoolSettings asked =
        new SpoolSettings(usual.folder(), spool.get().mostBytes(), usual.segmentBytes());
    return SpooledEventLog.start(asked, settings, audit, metrics, clock, System::nanoTime);
  }

  private static void prepare(RunConfig config) {
    try {
      ClusterTopics.prepare(config, PATIENCE);
    } catch (IOException e) {
      throw new KafkaException(e.getMessage()); // all that is known is in its words
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /** Where the key is that signs the checkpoints of the audit. */
  public static Path auditKey(RunConfig config) {
    return config
        .intake()
        .audit()
        .signingKey()
        .orElse(config.instance().stateFolder().resolve(AUDIT_KEY));
  }

  /** No two that run may have the same: the later one would take the place of the other. */
  private static String instance(RunConfig config) throws UnknownHostException {
    Optional<String> id = config.instance().id();
    if (id.isPresent()) {
      return id.get();
    }
    String host = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9._-]", "-");
    return host
        + "-"
        + config
            .intake()
            .collector()
            .map(collector -> Integer.toString(collector.port()))
            .orElse("sources");
  }

  private static ClientKeys keys(CollectorConfig config) {
    if (config.keys().isEmpty()) {
      return ClientKeys.none();
    }
    List<ClientKey> keys = new ArrayList<>();
    for (CollectorConfig.Key key : config.keys()) {
      keys.add(
          new ClientKey(
              key.name(),
              key.sha256().orElse(null),
              new HashSet<>(key.certificates()),
              key.tenant(),
              new HashSet<>(key.models()),
              Set.of(),
              key.eventsPerSecond()
                  .map(rate -> new Quota(rate, (long) rate * BURST_SECONDS))
                  .orElse(null),
              key.notBefore().orElse(null),
              key.notAfter().orElse(null)));
    }
    return ClientKeys.of(keys);
  }

  private static CollectorSettings settings(CollectorConfig config) {
    TlsSettings tls =
        config
            .tls()
            .map(
                files ->
                    new TlsSettings(
                        files.certificate(),
                        files.key(),
                        files.clientAuthority().orElse(null),
                        files.clientAuthority().isPresent()))
            .orElse(null);
    return new CollectorSettings(
        config.host(), config.port(), tls, CollectorSettings.Limits.defaults());
  }

  private static TopicReader reader(
      RunConfig config,
      SourceConfig source,
      EventFormats formats,
      EventIntake events,
      EventLog log,
      Clock clock) {
    return new TopicReader(
        Deployment.connection(config),
        config.kafka().applicationId() + "-source-" + source.topic(),
        source.topic(),
        source.fromBeginning(),
        formats.of(source.format()),
        new Client(source.topic(), source.tenant(), Set.copyOf(source.models())),
        events,
        log,
        clock);
  }

  /** The port of the collector; 0 when there is none. */
  public int port() {
    return server == null ? 0 : server.port();
  }

  /** False when only a restart helps. */
  public boolean isAlive() {
    return readers.stream().allMatch(TopicReader::isAlive);
  }

  /** Whether events are taken. */
  public boolean isReady() {
    return log.isTaking() && isAlive();
  }

  /** Answers what has been sent, then lets go. */
  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
    readers.forEach(TopicReader::close);
    log.close();
  }
}
