package io.inferwarden.app.command;

import io.inferwarden.app.baseline.BaselineFile;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.cluster.CompactedTopics;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where baselines are: a file, or the topic of a deployment. */
final class BaselineSource {
  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A file of baselines, from: baseline learn")
  @Nullable Path file;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration of a deployment: its topic.")
  @Nullable Path config;

  List<BaselineRecord> read() throws IOException {
    Path given = file;
    if (given != null) {
      return BaselineFile.read(given);
    }
    Path deployment = config;
    if (deployment == null) {
      throw new IllegalArgumentException("expected --file FILE or --config FILE");
    }
    return inForce(Deployment.connection(RunConfigFile.read(deployment)));
  }

  /** The baselines of a deployment. */
  static List<BaselineRecord> inForce(Map<String, Object> connection) throws IOException {
    List<BaselineRecord> baselines = new ArrayList<>();
    CompactedTopics.read(connection, Topics.BASELINES)
        .values()
        .forEach(bytes -> baselines.add(BaselineRecord.fromBytes(bytes)));
    return baselines;
  }
}
