package io.inferwarden.bench.throughput;

import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The platform as {@code run} builds it: the default policy, every detector, exactly once. */
final class WholePlatform implements Contestant {
  private final Deployment deployment;

  WholePlatform(String bootstrapServers, String application, int threads, Path folder)
      throws IOException, InterruptedException {
    deployment =
        Deployment.start(
            config(bootstrapServers, application, folder),
            threads,
            List.of(),
            Map.of(),
            Clock.systemUTC());
  }

  private static RunConfig config(String bootstrapServers, String application, Path folder) {
    String yaml =
        "kafka: {bootstrapServers: '"
            + bootstrapServers
            + "', applicationId: "
            + application
            + "}\ninstance: {stateFolder: '"
            + folder.resolve("state")
            + "'}\noperations: {port: 0}\nincidents: {file: '"
            + folder.resolve("incidents.jsonl")
            + "'}\n";
    return RunConfigFile.parse("throughput", yaml, folder);
  }

  /** Models that it has a baseline of. */
  int baselines() {
    return (int) sample("inferwarden_baselines");
  }

  /** Incidents that it has opened. */
  double sample(String name) {
    Double value = deployment.registry().getSampleValue(name);
    return value == null ? 0 : value;
  }

  @Override
  public LongSupplier count() {
    return () -> (long) sample("inferwarden_events_processed_total");
  }

  @Override
  public boolean works(String threadName) {
    return StreamsContestant.isStreamThread(threadName);
  }

  @Override
  public void close() {
    deployment.close();
  }
}
