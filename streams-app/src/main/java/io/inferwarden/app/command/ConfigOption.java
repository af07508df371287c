package io.inferwarden.app.command;

import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --config} of those who do without it as well. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration, YAML; without it, Kafka at localhost:9092 and all defaults.")
  @Nullable Path file;

  RunConfig read() throws IOException {
    Path given = file;
    return given == null ? RunConfig.defaults() : RunConfigFile.read(given);
  }
}
