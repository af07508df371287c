package io.inferwarden.app.policy;

import io.inferwarden.app.policy.RunConfig.Incidents;
import io.inferwarden.app.policy.RunConfig.Instance;
import io.inferwarden.app.policy.RunConfig.Kafka;
import io.inferwarden.app.policy.RunConfig.Operations;
import io.inferwarden.app.policy.RunConfig.Webhook;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@link RunConfig}s from YAML; everything may be left out and then has its default. */
public final class RunConfigFile {
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

  private RunConfig config() {
    RunConfig defaults = RunConfig.defaults();
    return new RunConfig(
        kafka(root.section("kafka"), defaults.kafka()),
        instance(root.section("instance"), defaults.instance()),
        operations(root.section("operations"), defaults.operations()),
        new Incidents(path(root.section("incidents"), "file", defaults.incidents().file())),
        webhooks(),
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
        reader.text("id", Instance.ID), path(reader, "stateFolder", defaults.stateFolder()));
  }

  private static Operations operations(ConfigReader reader, Operations defaults) {
    return new Operations(
        reader.text("host", defaults.host(), Rule.notBlank()),
        reader.integer("port", defaults.port(), Operations.PORT));
  }

  private List<Webhook> webhooks() {
    List<Webhook> webhooks = new ArrayList<>();
    for (ConfigReader reader : root.sections("webhooks")) {
      Optional<String> name = reader.requiredText("name", Webhook.NAME);
      Optional<URI> url = url(reader);
      Optional<SecretSource> secret = secret(reader);
      if (name.isEmpty() || url.isEmpty() || secret.isEmpty()) {
        continue;
      }
      if (webhooks.stream().anyMatch(other -> other.name().equals(name.get()))) {
        reader.problem("name", "is used by another webhook: " + name.get());
      } else {
        webhooks.add(new Webhook(name.get(), url.get(), secret.get()));
      }
    }
    return webhooks;
  }

  private static Optional<URI> url(ConfigReader reader) {
    Optional<String> text = reader.requiredText("url", Rule.notBlank());
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = new URI(text.get());
      Optional<String> violation = Webhook.ADDRESS.violation(url);
      violation.ifPresent(wrong -> reader.problem("url", wrong));
      return violation.isPresent() ? Optional.empty() : Optional.of(url);
    } catch (URISyntaxException e) {
      reader.problem("url", "must be an http or https address: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<SecretSource> secret(ConfigReader reader) {
    Optional<String> variable = reader.text("secretEnv", Rule.notBlank());
    Optional<Path> file = path(reader, "secretFile");
    if (reader.has("secretEnv") == reader.has("secretFile")) {
      reader.problem(
          reader.has("secretEnv") ? "secretFile" : "secretEnv",
          "a webhook needs either secretEnv, the name of an environment variable, or secretFile");
      return Optional.empty();
    }
    return variable
        .<SecretSource>map(SecretSource.FromEnvironment::new)
        .or(() -> file.map(baseFolder::resolve).map(SecretSource.FromFile::new));
  }

  private Policy policy() {
    if (root.hasSection("policy")) {
      return PolicyFile.section(root.section("policy"));
    }
    Optional<Path> file = path(root, "policy");
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
    return path(reader, key).orElse(fallback);
  }

  private static Optional<Path> path(ConfigReader reader, String key) {
    return reader
        .text(key, Rule.notBlank())
        .flatMap(
            text -> {
              try {
                return Optional.of(Path.of(text));
              } catch (InvalidPathException e) {
                reader.problem(key, "must be a path, was \"" + text + '"');
                return Optional.empty();
              }
            });
  }
}
