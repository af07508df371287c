package io.inferwarden.k8s.manifests;

import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.nio.file.Path;

/** The configurations of the platform, as they stand in the ConfigMaps. */
final class Configurations {
  private static final Path MOUNTED = Path.of("/etc/inferwarden");

  private Configurations() {}

  static RunConfig platform(Rendered rendered) throws IOException {
    return read(rendered, "inferwarden-config", "inferwarden.yaml");
  }

  static RunConfig collector(Rendered rendered) throws IOException {
    return read(rendered, "inferwarden-collector-config", "collector.yaml");
  }

  static RunConfig operator() throws IOException {
    return read(Rendered.operator(), "inferwarden-operator-config", "inferwarden.yaml");
  }

  private static RunConfig read(Rendered rendered, String name, String file) throws IOException {
    return RunConfigFile.parse(file, rendered.configuration(name, file), MOUNTED);
  }
}
