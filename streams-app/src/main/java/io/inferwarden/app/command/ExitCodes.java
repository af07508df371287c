package io.inferwarden.app.command;

/** What a command tells the shell. */
final class ExitCodes {
  static final int DONE = 0;
  static final int CHECK_FAILED = 1;
  static final int BAD_INPUT = 2;

  private ExitCodes() {}
}
