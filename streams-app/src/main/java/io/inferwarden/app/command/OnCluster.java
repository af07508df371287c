package io.inferwarden.app.command;

import io.inferwarden.app.policy.RunConfig;

/**
 * The same configuration on another cluster: an embedded one, whose port is known only once it
 * runs.
 */
final class OnCluster {
  private OnCluster() {}

  static RunConfig at(RunConfig config, String bootstrapServers) {
    RunConfig.Kafka kafka = config.kafka();
    return new RunConfig(
        new RunConfig.Kafka(
            bootstrapServers, kafka.applicationId(), kafka.partitions(), 1, kafka.properties()),
        config.instance(),
        config.operations(),
        config.incidents(),
        config.intake(),
        config.alerts(),
        config.policy());
  }
}
