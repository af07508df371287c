package io.inferwarden.app.command;

import io.inferwarden.app.audit.AuditTopic;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.intake.Intake;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the audit topic is. */
final class AuditCluster {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration of the deployment.")
  @Nullable Path config;

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = "The cluster, instead of that of the configuration.")
  @Nullable String bootstrap;

  RunConfig runConfig() throws IOException {
    Path file = config;
    String servers = bootstrap;
    if (file == null && servers == null) {
      throw new IllegalArgumentException("expected --config FILE or --bootstrap HOST:PORT");
    }
    RunConfig read = file == null ? RunConfig.defaults() : RunConfigFile.read(file);
    return servers == null ? read : OnCluster.at(read, servers);
  }

  AuditTopic topic() throws IOException {
    return new AuditTopic(Deployment.connection(runConfig()));
  }

  /** The file of the key with which a deployment signs. */
  static Path signingKey(RunConfig config) {
    return Intake.auditKey(config);
  }
}
