package io.inferwarden.app.command;

import picocli.CommandLine.Model.CommandSpec;

/** Says when a write was taken but cannot be seen yet. */
final class UnderWay {
  private UnderWay() {}

  static int said(CommandSpec spec, AlertsClient.Answered answer) {
    if (answer.isUnderWay()) {
      spec.commandLine().getErr().println("Taken, but not yet in force; look again in a moment.");
    }
    return ExitCodes.DONE;
  }
}
