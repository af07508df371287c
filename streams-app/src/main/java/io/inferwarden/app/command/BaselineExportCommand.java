package io.inferwarden.app.command;

import io.inferwarden.app.baseline.BaselineFile;
import io.inferwarden.app.baseline.BaselineRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin DeploymentOption deployment = new DeploymentOption();

  @Mixin OnlyModel only = new OnlyModel();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the baselines go.")
  Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    OutputFile.requireFolder(out);
    List<BaselineRecord> baselines =
        BaselineSource.inForce(deployment.connection()).stream().filter(only::means).toList();
    if (!baselines.isEmpty()) {
      BaselineFile.write(out, baselines);
    }
    spec.commandLine().getOut().println("Exported " + baselines.size() + " baselines.");
    return baselines.isEmpty() ? ExitCodes.CHECK_FAILED : ExitCodes.DONE;
  }
}
