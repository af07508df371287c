package io.inferwarden.app.command;

import io.inferwarden.alerting.NewerFormatException;
import io.inferwarden.app.policy.InvalidConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Says in one line what was wrong with the input; a stack trace is for what nobody foresaw. */
public final class ExplainFailure implements CommandLine.IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ExplainFailure.class);

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    NewerFormatException newer = NewerFormatException.within(failure);
    if (newer != null) {
      err.println(newer.getMessage());
    } else if (failure instanceof NoSuchFileException missing) {
      err.println("No such file: " + missing.getFile());
    } else if (failure instanceof InvalidConfigException
        || failure instanceof IOException
        || failure instanceof IllegalArgumentException) {
      err.println(failure.getMessage());
    } else if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      err.println("Interrupted.");
    } else {
      LOG.error("{} failed", command.getCommandName(), failure);
      err.println(command.getCommandName() + " failed: " + failure);
    }
    return ExitCodes.BAD_INPUT;
  }
}
