package io.inferwarden.app;

import io.inferwarden.app.command.AlertsCommand;
import io.inferwarden.app.command.AuditCommand;
import io.inferwarden.app.command.BacktestCommand;
import io.inferwarden.app.command.BaselineCommand;
import io.inferwarden.app.command.CollectCommand;
import io.inferwarden.app.command.DemoCommand;
import io.inferwarden.app.command.DispatchCommand;
import io.inferwarden.app.command.ExplainFailure;
import io.inferwarden.app.command.PolicyCommand;
import io.inferwarden.app.command.PseudonymCommand;
import io.inferwarden.app.command.ReplayCommand;
import io.inferwarden.app.command.RunCommand;
import io.inferwarden.app.intake.PrivacyKeys;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import io.inferwarden.ingest.door.KeyRing;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command line: {@code inferwarden COMMAND}. Exit codes: 0 done, 1 a check failed, 2 wrong
 * usage or bad input.
 */
@Command(
    name = "inferwarden",
    mixinStandardHelpOptions = true,
    versionProvider = InferwardenApp.Version.class,
    description =
        "Watches how deployed AI models behave, and says so when someone steals, probes or replaces one.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      CollectCommand.class,
      DispatchCommand.class,
      ReplayCommand.class,
      BaselineCommand.class,
      BacktestCommand.class,
      PolicyCommand.class,
      AlertsCommand.class,
      AuditCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "Start with: inferwarden demo",
      "Exit codes: 0 done, 1 a check failed, 2 wrong usage or bad input."
    })
public final class InferwardenApp {
  private InferwardenApp() {}

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = InferwardenApp.class.getPackage().getImplementationVersion();
      return new String[] {"inferwarden " + (version == null ? "(not packaged)" : version)};
    }
  }

  /** The command line, writing to the given streams. */
  public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    return new CommandLine(new InferwardenApp())
        .addSubcommand(new PseudonymCommand(InferwardenApp::keyRing, System.in))
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new ExplainFailure());
  }

  private static KeyRing keyRing(Path config) throws IOException {
    RunConfig read = RunConfigFile.read(config);
    return PrivacyKeys.keyRing(
        read.intake().privacy(), read.instance().stateFolder(), System.getenv());
  }

  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = commandLine(out, err).execute(arguments);
    out.flush();
    err.flush();
    System.exit(exitCode);
  }
}
