package io.inferwarden.app.command;

import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option {@code --config} of those who need a deployment. */
final class DeploymentOption {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The deployment's configuration.")
  Path file = Path.of("");

  RunConfig read() throws IOException {
    return RunConfigFile.read(file);
  }

  /** How to reach its cluster. */
  Map<String, Object> connection() throws IOException {
    return Deployment.connection(read());
  }
}
