package io.inferwarden.app.command;

import io.inferwarden.app.backtest.BacktestDriver;
import io.inferwarden.app.baseline.BaselineCard;
import io.inferwarden.app.baseline.BaselineDetail;
import io.inferwarden.app.baseline.BaselineDetailJson;
import io.inferwarden.app.baseline.BaselineDetailText;
import io.inferwarden.app.baseline.BaselineFile;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.cluster.CompactedTopics;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.PolicyFile;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.RunConfigFile;
import io.inferwarden.app.settings.SettingsOf;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code baseline}: what is usual for each model; learned, looked at, compared and promoted. */
@Command(
    name = "baseline",
    mixinStandardHelpOptions = true,
    description = "Learns, shows, compares and promotes what is usual for each model.",
    subcommands = {
      BaselineCommand.Learn.class,
      BaselineCommand.Show.class,
      BaselineCommand.Diff.class,
      BaselineCommand.Promote.class
    })
public final class BaselineCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "expected a command: baseline learn|show|diff|promote");
  }

  /** Where baselines are: a file, or the topic of a deployment. */
  static final class Source {
    @Option(
        names = "--file",
        paramLabel = "FILE",
        description = "A file of baselines, from: baseline learn")
    @Nullable Path file;

    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "The configuration of a deployment: its topic.")
    @Nullable Path config;

    List<BaselineRecord> read() throws IOException {
      Path given = file;
      if (given != null) {
        return BaselineFile.read(given);
      }
      Path deployment = config;
      if (deployment == null) {
        throw new IllegalArgumentException("expected --file FILE or --config FILE");
      }
      List<BaselineRecord> baselines = new ArrayList<>();
      Map<String, Object> connection = Deployment.connection(RunConfigFile.read(deployment));
      CompactedTopics.read(connection, Topics.BASELINES)
          .values()
          .forEach(bytes -> baselines.add(BaselineRecord.fromBytes(bytes)));
      return baselines;
    }
  }

  @Command(
      name = "learn",
      mixinStandardHelpOptions = true,
      description =
          "Learns baselines from files of events, as the running platform would, into a file.")
  static final class Learn implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Option(
        names = "--events",
        arity = "1..*",
        required = true,
        paramLabel = "FILE",
        description = "Events.")
    List<Path> events = List.of();

    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE",
        description = "Where the baselines go.")
    Path out = Path.of("");

    @Mixin PolicyOption policyOption = new PolicyOption();

    @Override
    public Integer call() throws IOException, InterruptedException {
      OutputFile.requireFolder(out);
      Policy policy = policyOption.policy();
      try (BacktestDriver driver =
          new BacktestDriver(
              SettingsOf.policy(policy, 1, false),
              policy,
              List.of(),
              Clock.systemUTC().instant(),
              incident -> {})) {
        ProgressLine progress = ProgressLine.onTerminal(spec.commandLine().getErr());
        driver.acceptAll(events, (lines, fraction) -> progress.show("Learning", lines, fraction));
        progress.clear();
        BaselineFile.write(out, driver.learned());
        spec.commandLine()
            .getOut()
            .println("Learned " + driver.learned().size() + " baselines into " + out);
        return driver.learned().isEmpty() ? ExitCodes.CHECK_FAILED : ExitCodes.DONE;
      }
    }
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Says what each baseline was learned from, and what it can see.")
  static final class Show implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Mixin Source source = new Source();

    @Option(names = "--model", paramLabel = "NAME", description = "Only this model.")
    @Nullable String model;

    @Option(
        names = "--policy",
        paramLabel = "FILE",
        description = "The policy whose budget is spent; without it the default.")
    @Nullable Path policyFile;

    @Option(names = "--json", description = "Print the baselines as JSON.")
    boolean json;

    @Override
    public Integer call() throws IOException {
      PrintWriter out = spec.commandLine().getOut();
      List<BaselineRecord> baselines = new ArrayList<>(source.read());
      baselines.removeIf(baseline -> model != null && !baseline.model().equals(model));
      if (baselines.isEmpty() && model != null) {
        throw new IllegalArgumentException("--model must have a baseline there, was " + model);
      }
      if (baselines.size() == 1) {
        showInFull(out, baselines.get(0));
      } else if (json) {
        out.println(BaselineDetailJson.listOf(baselines).toPrettyString());
      } else {
        baselines.forEach(baseline -> out.println(BaselineCard.text(baseline)));
        if (baselines.size() > 1) {
          out.println("For one of them in full, with what it would see: --model NAME");
        }
      }
      return ExitCodes.DONE;
    }

    private void showInFull(PrintWriter out, BaselineRecord baseline) throws IOException {
      Path given = policyFile;
      Policy policy = given == null ? Policy.defaults() : PolicyFile.read(given);
      Optional<BaselineDetail> detail =
          BaselineDetail.of(
              baseline,
              given == null ? "the default policy" : "policy " + policy.id(),
              SettingsOf.policy(policy, 1, false).budget());
      if (json) {
        out.println(BaselineDetailJson.of(baseline, detail).toPrettyString());
        return;
      }
      out.println(BaselineCard.text(baseline));
      detail.ifPresent(known -> out.println(BaselineDetailText.of(known)));
    }
  }

  @Command(
      name = "diff",
      mixinStandardHelpOptions = true,
      description = "Says which baselines of two files differ. Exits with 1 when any does.")
  static final class Diff implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "BEFORE")
    Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "AFTER")
    Path after = Path.of("");

    @Override
    public Integer call() throws IOException {
      Map<String, BaselineRecord> known = byKey(BaselineFile.read(before));
      Map<String, BaselineRecord> later = byKey(BaselineFile.read(after));
      List<String> differences = new ArrayList<>();
      known.forEach(
          (key, baseline) -> {
            BaselineRecord other = later.get(key);
            if (other == null) {
              differences.add("- " + BaselineCard.headline(baseline));
            } else if (!other.id().equals(baseline.id())) {
              differences.add(
                  "~ " + BaselineCard.headline(baseline) + "\n  " + BaselineCard.headline(other));
            }
          });
      later.forEach(
          (key, baseline) -> {
            if (!known.containsKey(key)) {
              differences.add("+ " + BaselineCard.headline(baseline));
            }
          });
      PrintWriter out = spec.commandLine().getOut();
      differences.forEach(out::println);
      return differences.isEmpty() ? ExitCodes.DONE : ExitCodes.CHECK_FAILED;
    }

    private static Map<String, BaselineRecord> byKey(List<BaselineRecord> baselines) {
      Map<String, BaselineRecord> byKey = new LinkedHashMap<>();
      baselines.forEach(baseline -> byKey.put(baseline.topicKey(), baseline));
      return byKey;
    }
  }

  @Command(
      name = "promote",
      mixinStandardHelpOptions = true,
      description =
          "Puts the baselines of a file in force in a deployment. Who did it and why is kept with them.")
  static final class Promote implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    @Parameters(
        index = "0",
        paramLabel = "FILE",
        description = "A file of baselines, from: baseline learn")
    Path file = Path.of("");

    @Option(
        names = "--config",
        required = true,
        paramLabel = "FILE",
        description = "The deployment's configuration.")
    Path config = Path.of("");

    @Option(
        names = "--by",
        required = true,
        paramLabel = "NAME",
        description = "Who promotes them.")
    String by = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
    String reason = "";

    @Option(names = "--model", paramLabel = "NAME", description = "Only this model.")
    @Nullable String model;

    @Override
    public Integer call() throws IOException, InterruptedException {
      RunConfig deployment = RunConfigFile.read(config);
      String origin = "promoted by " + by + " at " + Clock.systemUTC().instant() + ": " + reason;
      int promoted = 0;
      for (BaselineRecord baseline : BaselineFile.read(file)) {
        if (model == null || baseline.model().equals(model)) {
          CompactedTopics.put(
              Deployment.connection(deployment),
              Topics.BASELINES,
              baseline.topicKey(),
              baseline.promotedAs(origin).toBytes());
          promoted++;
        }
      }
      spec.commandLine().getOut().println("Promoted " + promoted + " baselines.");
      return promoted == 0 ? ExitCodes.CHECK_FAILED : ExitCodes.DONE;
    }
  }
}
