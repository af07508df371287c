package io.inferwarden.app.policy;

import io.inferwarden.app.policy.RunConfig.Incidents;
import io.inferwarden.app.policy.RunConfig.Instance;
import io.inferwarden.app.policy.RunConfig.Kafka;
import io.inferwarden.app.policy.RunConfig.Operations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@link RunConfig}s from YAML; everything may be left out and then has its default. */
public final class RunConfigFile {
  /** None of them is a setting of a policy. */
  private static final List<String> SECTIONS =
      List.of(
          "kafka",
          "instance",
          "operations",
          "incidents",
          "collector",
          "sources",
          "privacy",
          "audit",
          "alerts",
          "policy",
          "webhooks");

  /** What {@code collect} reads. */
  private static final Set<String> SECTIONS_OF_COLLECTOR =
      Set.of("kafka", "instance", "collector", "sources", "privacy", "audit");

  private final ConfigReader root;
  private final Path baseFolder;

  private RunConfigFile(ConfigReader root, Path baseFolder) {
    this.root = root;
    this.baseFolder = baseFolder;
  }

  /**
   * Reads a configuration file and the policy file that it names. Paths of that and of secrets are
   * relative to the file's folder.
   *
   * @throws InvalidConfigException if anything in them is wrong, with all of it
   * @throws IOException if the file cannot be read
   */
  public static RunConfig read(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    return parse(
        file.toString(), ConfigText.of(file), parent == null ? file.toAbsolutePath() : parent);
  }

  /**
   * Reads a configuration from YAML text.
   *
   * @param fileName for messages
   * @param baseFolder where relative paths of the policy and of secrets start
   * @throws InvalidConfigException if anything in it is wrong, with all of it
   */
  public static RunConfig parse(String fileName, String yaml, Path baseFolder) {
    ConfigReader root = ConfigReader.ofYaml(fileName, yaml);
    RunConfig config = new RunConfigFile(root, baseFolder).config();
    root.finish();
    return config;
  }

  /** Whether the file is a configuration, by its keys, and not a policy alone. */
  public static boolean isConfig(Path file) throws IOException {
    return !Collections.disjoint(keys(file), SECTIONS);
  }

  /** Whether a configuration is for {@code collect} alone: it says nothing of any other work. */
  public static boolean isOfCollectorAlone(Path file) throws IOException {
    List<String> keys = keys(file);
    return SECTIONS_OF_COLLECTOR.containsAll(keys)
        && (keys.contains("collector") || keys.contains("sources"));
  }

  private static List<String> keys(Path file) throws IOException {
    return ConfigReader.ofYaml(file.toString(), ConfigText.of(file)).keys();
  }

  private RunConfig config() {
    RunConfig defaults = RunConfig.defaults();
    Incidents incidents = incidents(root.section("incidents"), defaults.incidents());
    return new RunConfig(
        kafka(root.section("kafka"), defaults.kafka()),
        instance(root.section("instance"), defaults.instance()),
        operations(root.section("operations"), defaults.operations()),
        incidents,
        new IntakeFile(baseFolder).read(root),
        alerts(incidents),
        policy());
  }

  private static Kafka kafka(ConfigReader reader, Kafka defaults) {
    Map<String, String> properties = new LinkedHashMap<>();
    ConfigReader free = reader.section("properties");
    free.texts()
        .forEach(
            (key, value) -> {
              Optional<String> violation = Kafka.property(key).violation(value);
              violation.ifPresentOrElse(
                  wrong -> free.problem(key, wrong), () -> properties.put(key, value));
            });
    return new Kafka(
        reader.text("bootstrapServers", defaults.bootstrapServers(), Kafka.SERVERS),
        reader.text("applicationId", defaults.applicationId(), Kafka.APPLICATION_ID),
        reader.integer("partitions", defaults.partitions(), Kafka.PARTITIONS),
        reader.integer("replication", defaults.replication(), Kafka.REPLICATION),
        properties);
  }

  private static Instance instance(ConfigReader reader, Instance defaults) {
    return new Instance(
        reader.text("id", Instance.ID),
        path(reader, "stateFolder", defaults.stateFolder()),
        reader.integer("standbyReplicas", defaults.standbyReplicas(), Instance.STANDBY_REPLICAS));
  }

  private Operations operations(ConfigReader reader, Operations defaults) {
    return new Operations(
        reader.text("host", defaults.host(), Rule.notBlank()),
        reader.integer("port", defaults.port(), Operations.PORT),
        tokens(reader.sections("tokens")),
        reader.integer("readyLag", defaults.readyLag(), Operations.READY_LAG),
        reader.duration("stuckAfter", defaults.stuckAfter(), Operations.STUCK_AFTER));
  }

  private List<ApiToken> tokens(List<ConfigReader> readers) {
    ConfigPaths paths = new ConfigPaths(baseFolder);
    List<ApiToken> tokens = new ArrayList<>();
    for (ConfigReader reader : readers) {
      Optional<String> name = reader.requiredText("name", ApiToken.NAME);
      Optional<ApiToken.Access> role =
          reader.requiredText("role", ApiToken.ROLE).map(ApiToken.Access::ofCode);
      Optional<SecretSource> secret = paths.requiredSecret(reader, "secret");
      if (name.isEmpty() || role.isEmpty() || secret.isEmpty()) {
        continue;
      }
      if (tokens.stream().anyMatch(other -> other.name().equals(name.get()))) {
        reader.problem("name", "is used by another token: " + name.get());
      } else {
        tokens.add(new ApiToken(name.get(), role.get(), secret.get()));
      }
    }
    return tokens;
  }

  private static Incidents incidents(ConfigReader reader, Incidents defaults) {
    Optional<Path> file = ConfigPaths.asWritten(reader, "file");
    if (file.isEmpty()) {
      return defaults;
    }
    return new Incidents(file.filter(path -> !path.equals(Path.of(Incidents.NO_FILE))));
  }

  private AlertsConfig alerts(Incidents incidents) {
    if (root.has("webhooks")) {
      root.sections("webhooks").forEach(ConfigReader::ignoreUnknownKeys);
      root.problem(
          "webhooks",
          "has moved to alerts.sinks, where each also has type: webhook; see docs/alerts/routing.md");
    }
    return AlertsFile.read(root.section("alerts"), baseFolder, incidents.sinks());
  }

  private Policy policy() {
    if (root.hasSection("policy")) {
      return PolicyFile.section(root.section("policy"));
    }
    Optional<Path> file = ConfigPaths.asWritten(root, "policy");
    if (file.isEmpty()) {
      return Policy.defaults();
    }
    try {
      return PolicyFile.read(baseFolder.resolve(file.get()));
    } catch (InvalidConfigException e) {
      root.problemsOf(e);
    } catch (IOException e) {
      root.problem("policy", "cannot be read: " + e.getMessage());
    }
    return Policy.defaults();
  }

  private static Path path(ConfigReader reader, String key, Path fallback) {
    return ConfigPaths.asWritten(reader, key).orElse(fallback);
  }
}
