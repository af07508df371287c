package io.inferwarden.app.command;

import io.inferwarden.app.baseline.BaselineFile;
import io.inferwarden.app.baseline.BaselinePromotion;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.cluster.CompactedTopics;
import io.inferwarden.app.names.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code baseline promote}. */
@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    description =
        "Puts the baselines of a file in force in a deployment. Who did it and why is kept with them.")
final class BaselinePromoteCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "A file of baselines, from: baseline learn")
  Path file = Path.of("");

  @Mixin DeploymentOption deployment = new DeploymentOption();

  @Mixin OnlyModel only = new OnlyModel();

  @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who promotes them.")
  String by = "";

  @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
  String reason = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, Object> connection = deployment.connection();
    String origin = "promoted by " + by + " at " + Clock.systemUTC().instant() + ": " + reason;
    int promoted = 0;
    for (BaselineRecord baseline : BaselineFile.read(file)) {
      if (only.means(baseline)) {
        putInForce(connection, baseline.promotedAs(origin), BaselineSource.inForce(connection));
        promoted++;
      }
    }
    spec.commandLine().getOut().println("Promoted " + promoted + " baselines.");
    return promoted == 0 ? ExitCodes.CHECK_FAILED : ExitCodes.DONE;
  }

  /** Writes a baseline, and what changes with it, into the topic of a deployment. */
  static void putInForce(
      Map<String, Object> connection, BaselineRecord promoted, List<BaselineRecord> known)
      throws IOException, InterruptedException {
    for (BaselineRecord changed : BaselinePromotion.records(promoted, known)) {
      CompactedTopics.put(connection, Topics.BASELINES, changed.topicKey(), changed.toBytes());
    }
  }
}
