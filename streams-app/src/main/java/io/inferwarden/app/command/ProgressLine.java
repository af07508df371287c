package io.inferwarden.app.command;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import picocli.CommandLine;

/**
 * One line on a terminal that says how far long work has come; nothing where the output is not a
 * terminal.
 */
final class ProgressLine {
  private static final long EVERY_NANOS = 200_000_000L;

  private final PrintWriter err;
  private final boolean interactive;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private long shownNanos;
  private int width;

  ProgressLine(PrintWriter err, boolean interactive, LongSupplier nanoClock) {
    this.err = err;
    this.interactive = interactive;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.shownNanos = startNanos;
  }

  /** On the terminal that the process has, if it has one. */
  static ProgressLine onTerminal(PrintWriter err) {
    boolean interactive = CommandLine.Help.Ansi.AUTO.enabled();
    return new ProgressLine(err, interactive, System::nanoTime);
  }

  /** Shows how many were done, not more often than a person can read. */
  void show(String what, long done, double fraction) {
    if (!interactive) {
      return;
    }
    long now = nanoClock.getAsLong();
    if (now - shownNanos < EVERY_NANOS) {
      return;
    }
    shownNanos = now;
    double seconds = (now - startNanos) / 1e9;
    String text =
        String.format(
            Locale.ROOT,
            "%s: %3.0f %%, %,d events, %,.0f a second",
            what,
            fraction * 100,
            done,
            done / seconds);
    err.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
    err.flush();
    width = text.length();
  }

  /** Takes the line away. */
  void clear() {
    if (width > 0) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
      width = 0;
    }
  }

  double seconds() {
    return (nanoClock.getAsLong() - startNanos) / 1e9;
  }
}
