package io.inferwarden.app.policy;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads files and secrets that a configuration names; relative paths start at its folder. */
final class ConfigPaths {
  /** An address that can be asked over HTTP. What is wrong is said without repeating it. */
  static final Rule<String> ADDRESS_TEXT =
      text -> {
        try {
          return AddressSource.ADDRESS.violation(new URI(text));
        } catch (URISyntaxException e) {
          return Optional.of("must be an http or https address: " + e.getReason());
        }
      };

  private final Path baseFolder;

  ConfigPaths(Path baseFolder) {
    this.baseFolder = baseFolder;
  }

  /** The path as it is written. */
  static Optional<Path> asWritten(ConfigReader reader, String key) {
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

  Optional<Path> path(ConfigReader reader, String key) {
    return asWritten(reader, key).map(baseFolder::resolve);
  }

  /** A path to write to, which starts at the working folder as that of incidents does. */
  Optional<Path> required(ConfigReader reader, String key) {
    if (!reader.has(key)) {
      reader.problem(key, "is required");
    }
    return asWritten(reader, key);
  }

  /** The secret in {@code KEYEnv} or {@code KEYFile}; empty when neither is there. */
  Optional<SecretSource> secret(ConfigReader reader, String key) {
    String variableKey = key + "Env";
    String fileKey = key + "File";
    Optional<String> variable = reader.text(variableKey, Rule.notBlank());
    Optional<Path> file = path(reader, fileKey);
    if (reader.has(variableKey) && reader.has(fileKey)) {
      reader.problem(fileKey, "stands beside " + variableKey + "; one of them is right");
      return Optional.empty();
    }
    return variable
        .<SecretSource>map(SecretSource.FromEnvironment::new)
        .or(() -> file.map(SecretSource.FromFile::new));
  }

  /** As {@link #secret}, but notes a problem when neither is there. */
  Optional<SecretSource> requiredSecret(ConfigReader reader, String key) {
    if (!reader.has(key + "Env") && !reader.has(key + "File")) {
      reader.problem(
          key + "Env",
          "is required: the name of an environment variable; or " + key + "File, a file");
    }
    return secret(reader, key);
  }
}
