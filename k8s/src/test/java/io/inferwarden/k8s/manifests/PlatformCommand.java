package io.inferwarden.k8s.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.InferwardenApp;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine;

/** Commands of the platform, in this JVM. */
final class PlatformCommand {
  private PlatformCommand() {}

  /** Runs one, which must come to a good end, and returns what it printed. */
  static String done(String... arguments) {
    StringWriter printed = new StringWriter();
    PrintWriter writer = new PrintWriter(printed);
    int exitCode = InferwardenApp.commandLine(writer, writer).execute(arguments);
    assertThat(exitCode).as(printed.toString()).isZero();
    return printed.toString();
  }

  /** What is not understood of one that is not run; fails where an option is none or is missing. */
  static List<String> unmatched(List<String> arguments) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    CommandLine.ParseResult parsed =
        InferwardenApp.commandLine(nowhere, nowhere).parseArgs(arguments.toArray(String[]::new));
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    return parsed.unmatched();
  }
}
