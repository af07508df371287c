package io.inferwarden.app.command;

import io.inferwarden.app.baseline.BaselineFile;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code baseline export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the baselines that are in force in a deployment into a file, to keep them or to",
      "promote them in another deployment. They hold pseudonyms, no names."
    })
final class BaselineExportCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The deployment's configuration.")
  Path config = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the baselines go.")
  Path out = Path.of("");

  @Option(names = "--model", paramLabel = "NAME", description = "Only this model.")
  @Nullable String model;

  @Override
  public Integer call() throws IOException {
    OutputFile.requireFolder(out);
    List<BaselineRecord> baselines =
        new ArrayList<>(BaselineSource.inForce(Deployment.connection(RunConfigFile.read(config))));
    baselines.removeIf(baseline -> model != null && !baseline.model().equals(model));
    if (!baselines.isEmpty()) {
      BaselineFile.write(out, baselines);
    }
    spec.commandLine().getOut().println("Exported " + baselines.size() + " baselines.");
    return baselines.isEmpty() ? ExitCodes.CHECK_FAILED : ExitCodes.DONE;
  }
}
