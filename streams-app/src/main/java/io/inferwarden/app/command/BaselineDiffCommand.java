package io.inferwarden.app.command;

import io.inferwarden.app.baseline.BaselineDifference;
import io.inferwarden.app.baseline.BaselineFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code baseline diff}. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = "Says which baselines of two files differ. Exits with 1 when any does.")
final class BaselineDiffCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Parameters(index = "0", paramLabel = "BEFORE")
  Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "AFTER")
  Path after = Path.of("");

  @Override
  public Integer call() throws IOException {
    List<String> differences =
        BaselineDifference.between(BaselineFile.read(before), BaselineFile.read(after));
    PrintWriter out = spec.commandLine().getOut();
    differences.forEach(out::println);
    return differences.isEmpty() ? ExitCodes.DONE : ExitCodes.CHECK_FAILED;
  }
}
