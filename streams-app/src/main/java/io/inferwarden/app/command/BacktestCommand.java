package io.inferwarden.app.command;

import io.inferwarden.alerting.feed.IncidentText;
import io.inferwarden.app.backtest.BacktestDriver;
import io.inferwarden.app.backtest.BacktestReport;
import io.inferwarden.app.backtest.BacktestRun;
import io.inferwarden.app.backtest.BacktestScore;
import io.inferwarden.app.backtest.BacktestSummary;
import io.inferwarden.app.backtest.TraceLabels;
import io.inferwarden.app.baseline.BaselineFile;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.settings.SettingsOf;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code backtest}: what a policy would have raised on recorded events, how soon, and how often
 * wrongly.
 */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the topology of production over recorded events, as fast as it goes.",
      "Says what would have been raised, how soon and, where labels say what was true, how often wrongly."
    })
public final class BacktestCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Option(
      names = "--events",
      arity = "1..*",
      required = true,
      paramLabel = "FILE",
      description = "Events as JSON lines, plain, gzip or zstd, in the order of time.")
  List<Path> events = List.of();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "What was true: attacks and changes, as JSON.")
  @Nullable Path labels;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Where to write the report as JSON.")
  @Nullable Path report;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Baselines that are known beforehand, from: baseline learn")
  @Nullable Path baseline;

  @Option(names = "--json", description = "Print the report as JSON instead of the summary.")
  boolean json;

  @Option(names = "--incidents", description = "Print each incident as it opens.")
  boolean incidents;

  @Mixin PolicyOption policyOption = new PolicyOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path labelsFile = labels;
    TraceLabels truth = labelsFile == null ? null : TraceLabels.read(labelsFile);
    Path baselineFile = baseline;
    List<BaselineRecord> known = baselineFile == null ? List.of() : BaselineFile.read(baselineFile);
    for (Path file : events) {
      if (!Files.isReadable(file)) {
        throw new IOException("No such file, or not readable: " + file);
      }
    }
    Path reportFile = report;
    OutputFile.requireFolder(reportFile);
    BacktestReport result = BacktestScore.score(run(policyOption.policy(), known), truth);
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? result.toJson() : BacktestSummary.text(result));
    if (reportFile != null) {
      Files.writeString(reportFile, result.toJson() + "\n");
      if (!json) {
        out.println("Report: " + reportFile);
      }
    }
    return ExitCodes.DONE;
  }

  private BacktestRun run(Policy policy, List<BaselineRecord> known)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (BacktestDriver driver =
        new BacktestDriver(
            SettingsOf.policy(policy, 1, false),
            policy,
            known,
            Clock.systemUTC().instant(),
            incident -> {
              if (incidents && incident.revision() == 1) {
                out.println(IncidentText.of(incident) + "\n");
              }
            })) {
      ProgressLine progress = ProgressLine.onTerminal(spec.commandLine().getErr());
      driver.acceptAll(events, (lines, fraction) -> progress.show("Judging", lines, fraction));
      progress.clear();
      return driver.result(progress.seconds());
    }
  }
}
