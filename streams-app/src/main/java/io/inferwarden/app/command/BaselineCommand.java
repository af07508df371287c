package io.inferwarden.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code baseline}: what is usual for each model; learned, looked at, compared and promoted. */
@Command(
    name = "baseline",
    mixinStandardHelpOptions = true,
    description = "Learns, shows, compares, exports and promotes what is usual for each model.",
    subcommands = {
      BaselineLearnCommand.class,
      BaselineRelearnCommand.class,
      BaselineShowCommand.class,
      BaselineDiffCommand.class,
      BaselineExportCommand.class,
      BaselinePromoteCommand.class
    })
public final class BaselineCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "expected a command: baseline learn|relearn|show|diff|export|promote");
  }
}
