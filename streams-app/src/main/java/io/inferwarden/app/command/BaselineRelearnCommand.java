package io.inferwarden.app.command;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.app.backtest.LearningWindow;
import io.inferwarden.app.baseline.BaselineDifference;
import io.inferwarden.app.baseline.BaselineFile;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.baseline.BenignChange;
import io.inferwarden.app.cluster.CompactedTopics;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.cluster.EventHistory;
import io.inferwarden.app.names.Topics;
import io.inferwarden.app.policy.RunConfig;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code baseline relearn}. */
@Command(
    name = "relearn",
    mixinStandardHelpOptions = true,
    description = {
      "Learns what is usual anew after a change that was meant: an incident about the behaviour of a",
      "model, which somebody has judged to be benign. Reads the model's latest events since the change",
      "from the topic, shows what differs, and puts the new baseline in force. Why is kept with it."
    },
    footer = {
      "",
      "Example:",
      "  inferwarden alerts verdict inc_abc benign --note \"new market\"",
      "  inferwarden baseline relearn --config config.yaml --incident inc_abc"
    })
final class BaselineRelearnCommand implements Callable<Integer> {
  /** What a person reads before they answer; all of them are in: baseline show */
  private static final int MOST_NOTES = 10;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Mixin DeploymentOption deploymentOption = new DeploymentOption();

  @Option(
      names = "--incident",
      required = true,
      paramLabel = "ID",
      description = "The incident that told of the change.")
  String incident = "";

  @Option(
      names = "--learn",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How long a stretch of event time to learn from; without it, the learning time of the policy.")
  @Nullable Duration learn;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = SinceConverter.class,
      description =
          "Where that stretch ends: 2h ago, as 2h, or an instant; without it, at the newest event.")
  @Nullable Instant until;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the baselines there and put nothing in force.")
  @Nullable Path out;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      defaultValue = "${sys:user.name}",
      description = "Who does it; without it, the user of this machine: ${DEFAULT-VALUE}")
  String by = "";

  @Option(names = "--yes", description = "Do not ask.")
  boolean yes;

  @Override
  public Integer call() throws IOException, InterruptedException {
    OutputFile.requireFolder(out);
    RunConfig deployment = deploymentOption.read();
    Map<String, Object> connection = Deployment.connection(deployment);
    BenignChange change = BenignChange.of(incident(connection));
    requireSomebodyToAsk();
    EventHistory history = new EventHistory(connection, Clock.systemUTC().instant());
    LearningWindow window =
        new LearningWindow(
            BaselineLearnCommand.withLearning(deployment.policy(), learn), end(history));
    List<BaselineRecord> known = BaselineSource.inForce(connection);
    RelearningModels relearning =
        new RelearningModels(change, window, history, known, change.origin(by));
    List<BaselineRecord> learned =
        relearning.learn(ProgressLine.onTerminal(spec.commandLine().getErr()));
    relearning.lacking().forEach(line -> spec.commandLine().getErr().println(line));
    if (learned.isEmpty() || !finish(connection, known, relearning, learned)) {
      return ExitCodes.CHECK_FAILED;
    }
    return relearning.lacking().isEmpty() ? ExitCodes.DONE : ExitCodes.CHECK_FAILED;
  }

  private Incident incident(Map<String, Object> connection) throws IOException {
    byte[] json = CompactedTopics.read(connection, Topics.INCIDENT_BOOK).get(incident);
    if (json == null) {
      throw new IllegalArgumentException(
          "there is no incident "
              + Terminal.line(incident)
              + " in the deployment; for those that are: ./inferwarden alerts list");
    }
    return IncidentJson.fromJson(json);
  }

  private Instant end(EventHistory history) throws IOException {
    Instant given = until;
    return given != null
        ? given
        : history
            .newest()
            .orElseThrow(
                () -> new IllegalArgumentException("the topic of the deployment has no events"));
  }

  /** Shows what differs and, unless it is declined, puts it where it is to go. */
  private boolean finish(
      Map<String, Object> connection,
      List<BaselineRecord> known,
      RelearningModels relearning,
      List<BaselineRecord> learned)
      throws IOException, InterruptedException {
    PrintWriter print = spec.commandLine().getOut();
    BaselineDifference.between(relearning.replaced(), learned)
        .forEach(line -> line.lines().map(Terminal::line).forEach(print::println));
    learned.forEach(baseline -> printNotes(baseline.notes(), print));
    Path file = out;
    if (file != null) {
      BaselineFile.write(file, learned);
      print.println("Wrote " + learned.size() + " baselines into " + file);
      return true;
    }
    if (!isConfirmed()) {
      print.println("Nothing was changed.");
      return false;
    }
    for (BaselineRecord baseline : learned) {
      BaselinePromoteCommand.putInForce(connection, baseline, known);
    }
    print.println(
        "Promoted "
            + learned.size()
            + " baselines. Running instances take them up now; their evidence begins anew.");
    return true;
  }

  private static void printNotes(List<String> notes, PrintWriter print) {
    notes.stream()
        .limit(MOST_NOTES)
        .map(note -> "  note: " + Terminal.line(note))
        .forEach(print::println);
    if (notes.size() > MOST_NOTES) {
      print.println("  and " + (notes.size() - MOST_NOTES) + " notes more");
    }
  }

  private void requireSomebodyToAsk() {
    if (!yes && out == null && console() == null) {
      throw new IllegalArgumentException(
          "there is no terminal on which to ask: say --yes to put the baseline in force, or --out"
              + " FILE to look at it first");
    }
  }

  private boolean isConfirmed() {
    Console console = console();
    if (yes || console == null) {
      return yes;
    }
    String answer = console.readLine("Put this in force? [y/N] ");
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
  }

  /** Null where nobody sits at a terminal. */
  @SuppressWarnings("SystemConsoleNull") // so it is in Java 17, on which the platform runs
  private static @Nullable Console console() {
    return System.console();
  }
}
