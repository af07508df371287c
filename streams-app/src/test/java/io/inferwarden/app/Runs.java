package io.inferwarden.app;

import io.inferwarden.app.cluster.EventProducer;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.policy.AlertsConfig;
import io.inferwarden.app.policy.IntakeConfig;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Configurations of instances that live in a test's folder, and events for them. */
final class Runs {
  private Runs() {}

  /** An instance without an id of its own, on a free port, that tells nobody but its file. */
  static RunConfig config(
      String bootstrapServers, String applicationId, Path folder, Policy policy) {
    return new RunConfig(
        new RunConfig.Kafka(bootstrapServers, applicationId, TestBroker.PARTITIONS, 1, Map.of()),
        new RunConfig.Instance(Optional.empty(), folder.resolve("state"), 0),
        new RunConfig.Operations("127.0.0.1", 0, List.of(), 100_000, Duration.ofMinutes(5)),
        RunConfig.Incidents.in(folder.resolve("incidents.jsonl")),
        IntakeConfig.none(),
        AlertsConfig.none(),
        policy);
  }

  /**
   * The same as a file.
   *
   * @param more further lines of YAML, at the top level
   */
  static Path configFile(
      String bootstrapServers, String applicationId, Path folder, Policy policy, String more)
      throws IOException {
    String yaml =
        """
        kafka:
          bootstrapServers: "%s"
          applicationId: %s
          partitions: %d
        operations:
          port: 0
        incidents:
          file: "%s"
        policy:
          idleAfter: %s
          learning: %s
        %s
        """
            .formatted(
                bootstrapServers,
                applicationId,
                TestBroker.PARTITIONS,
                folder.resolve("incidents.jsonl"),
                policy.idleAfter(),
                policy.learning(),
                more);
    return Files.writeString(folder.resolve("config.yaml"), yaml);
  }

  /**
   * Sends events and returns when the broker has them.
   *
   * @param speed times faster than they happened; 0 for as fast as it goes
   */
  static void send(String bootstrapServers, List<DemoEvent> events, double speed)
      throws IOException {
    try (EventProducer producer =
        new EventProducer(Map.of("bootstrap.servers", bootstrapServers), speed)) {
      for (DemoEvent event : events) {
        producer.send(event.json());
      }
      producer.flush();
    }
  }
}
