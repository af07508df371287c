package io.inferwarden.app.policy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of {@code run --config FILE}: where Kafka is, what this instance keeps and whom
 * it tells. Relative paths of state and incidents start at the working folder.
 *
 * @param kafka the cluster and how it is used
 * @param instance what is particular to this process
 * @param operations where metrics and health are served
 * @param incidents where incidents are also written as lines of JSON
 * @param intake how events get in, and what is done to names and texts on the way
 * @param alerts who is told of incidents, and of which
 * @param policy what is detected and how eagerly
 */
public record RunConfig(
    Kafka kafka,
    Instance instance,
    Operations operations,
    Incidents incidents,
    IntakeConfig intake,
    AlertsConfig alerts,
    Policy policy) {

  private static final RunConfig DEFAULTS =
      new RunConfig(
          new Kafka("localhost:9092", "inferwarden", 4, 1, Map.of()),
          new Instance(Optional.empty(), Path.of("inferwarden-data"), 0),
          new Operations("127.0.0.1", 9464, List.of(), 100_000, Duration.ofMinutes(5)),
          Incidents.in(Path.of("inferwarden-data", "incidents.jsonl")),
          IntakeConfig.none(),
          AlertsConfig.none(),
          Policy.defaults());

  public RunConfig {
    if (!alerts.plan().always().equals(incidents.sinks())) {
      throw new IllegalArgumentException(
          "alerts must tell everything to "
              + incidents.sinks()
              + ", told it to "
              + alerts.plan().always());
    }
  }

  /** What holds when the operator says nothing; the resource {@code default-config.yaml}. */
  public static RunConfig defaults() {
    return DEFAULTS;
  }

  /** The same with another way in. */
  public RunConfig with(IntakeConfig other) {
    return new RunConfig(kafka, instance, operations, incidents, other, alerts, policy);
  }

  /** The same under another name among its peers. */
  public RunConfig with(Instance other) {
    return new RunConfig(kafka, other, operations, incidents, intake, alerts, policy);
  }

  /**
   * The Kafka cluster.
   *
   * @param bootstrapServers {@code HOST:PORT}, several with commas between
   * @param applicationId names the consumer group and the internal topics
   * @param partitions of the topics that Inferwarden creates, 1 to 10000
   * @param replication of the topics that Inferwarden creates, 1 to 100
   * @param properties passed to all clients as they are; never secrets, and none of those that the
   *     other settings decide
   */
  public record Kafka(
      String bootstrapServers,
      String applicationId,
      int partitions,
      int replication,
      Map<String, String> properties) {
    static final Rule<String> SERVERS =
        Rule.matching(
            "\\s*[^\\s,]+:\\d{1,5}\\s*(,\\s*[^\\s,]+:\\d{1,5}\\s*)*",
            "HOST:PORT, several with commas between");
    static final Rule<String> APPLICATION_ID =
        Rule.matching("[A-Za-z0-9._-]{1,100}", "up to 100 letters, digits, '.', '_' and '-'");
    static final Rule<Integer> PARTITIONS = Rule.integerBetween(1, 10_000);
    static final Rule<Integer> REPLICATION = Rule.integerBetween(1, 100);

    public Kafka {
      SERVERS.require("kafka.bootstrapServers", bootstrapServers);
      APPLICATION_ID.require("kafka.applicationId", applicationId);
      PARTITIONS.require("kafka.partitions", partitions);
      REPLICATION.require("kafka.replication", replication);
      properties = Map.copyOf(properties);
      properties.forEach((key, value) -> property(key).require("kafka.properties." + key, value));
    }

    /** What a free property must fulfil: not decided elsewhere and no secret in plain text. */
    static Rule<String> property(String key) {
      return value -> {
        if (key.equals("bootstrap.servers")) {
          return Optional.of("is set by kafka.bootstrapServers");
        }
        if (key.equals("application.id") || key.equals("group.id")) {
          return Optional.of("is set by kafka.applicationId");
        }
        if (key.equals("processing.guarantee") || key.equals("isolation.level")) {
          return Optional.of("is not free: an incident must be raised exactly once");
        }
        return Rule.unless(
            !isSecret(key) || value.contains("${"),
            "must not hold a secret; refer to it through a config provider of Kafka,"
                + " such as ${env:NAME} or ${file:PATH:KEY}");
      };
    }

    private static boolean isSecret(String key) {
      return key.endsWith(".password")
          || key.endsWith("sasl.jaas.config")
          || key.endsWith("ssl.keystore.key")
          || key.endsWith(".secret");
    }
  }

  /**
   * This process among its peers.
   *
   * @param id for static membership, so that a restart moves no work to others; each instance has
   *     its own
   * @param stateFolder where it keeps its state; made when missing
   * @param standbyReplicas how many other instances keep a copy of each piece of state, 0 to 2:
   *     with a copy, work that moves to another instance goes on there without a restore
   */
  public record Instance(Optional<String> id, Path stateFolder, int standbyReplicas) {
    static final Rule<Integer> STANDBY_REPLICAS = Rule.integerBetween(0, 2);
    static final Rule<String> ID =
        Rule.matching("[A-Za-z0-9._-]{1,200}", "up to 200 letters, digits, '.', '_' and '-'");

    public Instance {
      id.ifPresent(present -> ID.require("instance.id", present));
      STANDBY_REPLICAS.require("instance.standbyReplicas", standbyReplicas);
    }

    /** The same under another id. */
    public Instance withId(String other) {
      return new Instance(Optional.of(other), stateFolder, standbyReplicas);
    }
  }

  /**
   * Where metrics and health are served.
   *
   * @param host the address to listen on
   * @param port 0 to 65535; 0 takes a free one
   * @param tokens who may use the API of incidents; without any, whoever is on this machine
   * @param readyLag how many records an instance may be behind and still be ready, 1 to 1000000000
   * @param stuckAfter how long nothing may move while there is something to do, before the instance
   *     says that only a restart helps; at least a second
   */
  public record Operations(
      String host, int port, List<ApiToken> tokens, int readyLag, Duration stuckAfter) {
    static final Rule<Integer> PORT = Rule.integerBetween(0, 65_535);
    static final Rule<Integer> READY_LAG = Rule.integerBetween(1, 1_000_000_000);
    static final Rule<Duration> STUCK_AFTER = Rule.durationAtLeast(Duration.ofSeconds(1));

    public Operations {
      Rule.notBlank().require("operations.host", host);
      PORT.require("operations.port", port);
      READY_LAG.require("operations.readyLag", readyLag);
      STUCK_AFTER.require("operations.stuckAfter", stuckAfter);
      tokens = List.copyOf(tokens);
      ApiToken.requireUniqueNames(tokens);
    }
  }

  /**
   * Where incidents are also written, one line of JSON each time one changes.
   *
   * @param file empty where no such file is kept; nothing rotates one
   */
  public record Incidents(Optional<Path> file) {
    /** The name of its sink; no other has it, and no route leads to it: it is told everything. */
    public static final String SINK = "file";

    /** Stands in a configuration in place of a path, where no file is to be kept. */
    public static final String NO_FILE = "none";

    /** They are written to a file. */
    public static Incidents in(Path file) {
      return new Incidents(Optional.of(file));
    }

    /** The sinks that are there because of it: its own, or none. */
    public List<String> sinks() {
      return file.isPresent() ? List.of(SINK) : List.of();
    }
  }
}
