package io.inferwarden.app.command;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import io.inferwarden.app.backtest.BacktestReport;
import io.inferwarden.app.backtest.BacktestRun;
import io.inferwarden.app.backtest.BacktestScore;
import io.inferwarden.app.backtest.BacktestSummary;
import io.inferwarden.app.backtest.IncidentHistory;
import io.inferwarden.app.backtest.OpenedIncident;
import io.inferwarden.app.backtest.QueryLog;
import io.inferwarden.app.cluster.Deployment;
import io.inferwarden.app.cluster.EventProducer;
import io.inferwarden.app.cluster.GroupProgress;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoWorld;
import io.inferwarden.app.embedded.EmbeddedBroker;
import io.inferwarden.app.policy.AlertsConfig;
import io.inferwarden.app.policy.IntakeConfig;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.policy.RunConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: the whole platform on an embedded Kafka, with simulated users and attackers. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "The whole platform on an embedded Kafka, with simulated users and attackers.",
      "Two days of simulated users, thieves and broken models in about a minute. Each incident is printed as it opens; at the end you see who was caught, and how soon."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int PARTITIONS = 2;
  private static final Duration IDLE_AFTER = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Option(
      names = "--exit",
      description = "End after the summary; without it the endpoints stay up until Ctrl-C.")
  boolean exit;

  @Option(
      names = "--seconds",
      defaultValue = "30",
      paramLabel = "N",
      description =
          "How long the second day, on which things happen, takes; default: ${DEFAULT-VALUE}.")
  int seconds;

  @Option(
      names = "--folder",
      defaultValue = "inferwarden-data/demo",
      paramLabel = "FOLDER",
      description = "Where the incident file goes; default: ${DEFAULT-VALUE}.")
  Path folder = Path.of("inferwarden-data", "demo");

  @Option(
      names = "--seed",
      defaultValue = "7",
      paramLabel = "N",
      description = "Another world; default: ${DEFAULT-VALUE}.")
  long seed;

  @Option(
      names = "--port",
      defaultValue = "9464",
      paramLabel = "N",
      description = "For metrics and health, 0 for a free one; default: ${DEFAULT-VALUE}.")
  int port;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (seconds < 1) {
      throw new IllegalArgumentException("--seconds must be >= 1, was " + seconds);
    }
    PrintWriter out = spec.commandLine().getOut();
    Path incidentFile = folder.resolve("incidents.jsonl");
    Files.createDirectories(folder);
    Files.deleteIfExists(incidentFile);
    out.println("Training small models and simulating two days of their users...");
    Instant start =
        Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS).minus(3, ChronoUnit.DAYS);
    DemoWorld world = DemoWorld.create(seed, start.toEpochMilli());
    out.println("Starting Kafka...");
    OpenedIncidents opened = new OpenedIncidents(out);
    try (StopSignal stop = new StopSignal();
        EmbeddedBroker broker = EmbeddedBroker.start();
        Deployment deployment =
            Deployment.start(
                config(broker, incidentFile),
                PARTITIONS,
                List.of(opened),
                Map.of(),
                Clock.systemUTC())) {
      out.println(metrics(deployment));
      BacktestReport report = watch(world, deployment, broker, opened);
      out.println();
      out.println(BacktestSummary.text(report));
      out.println("Incidents: " + incidentFile);
      if (!exit) {
        out.println(metrics(deployment));
        out.println("Stop with Ctrl-C.");
        stop.await(Duration.ofDays(365));
      }
      return asExpected(report) ? ExitCodes.DONE : ExitCodes.CHECK_FAILED;
    }
  }

  private static String metrics(Deployment deployment) {
    return "Metrics:   http://127.0.0.1:" + deployment.operationsPort() + "/metrics";
  }

  private RunConfig config(EmbeddedBroker broker, Path incidentFile) {
    Policy usual = Policy.defaults();
    Policy policy =
        new Policy(
            usual.budget(),
            DemoWorld.LEARNING,
            usual.pane(),
            usual.lateness(),
            IDLE_AFTER,
            usual.quietPeriod(),
            usual.cooldown(),
            usual.dedup(),
            usual.tolerancePsi(),
            usual.maximumPrincipals(),
            usual.kinds(),
            usual.declared(),
            usual.registered());
    RunConfig.Operations operations = RunConfig.defaults().operations();
    return new RunConfig(
        new RunConfig.Kafka(broker.bootstrapServers(), "inferwarden-demo", PARTITIONS, 1, Map.of()),
        new RunConfig.Instance(Optional.empty(), broker.dataFolder().resolve("streams"), 0),
        new RunConfig.Operations(
            "127.0.0.1", port, List.of(), operations.readyLag(), operations.stuckAfter()),
        RunConfig.Incidents.in(incidentFile),
        IntakeConfig.none(),
        AlertsConfig.none(),
        policy);
  }

  private BacktestReport watch(
      DemoWorld world, Deployment deployment, EmbeddedBroker broker, OpenedIncidents opened)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> connection = Map.of("bootstrap.servers", broker.bootstrapServers());
    List<DemoEvent> events = world.events();
    long secondDay = events.get(0).timeMillis() + DemoWorld.LEARNING.toMillis();
    int split = 0;
    while (split < events.size() && events.get(split).timeMillis() < secondDay) {
      split++;
    }
    long begin = System.nanoTime();
    QueryLog queries = new QueryLog();
    out.println(
        String.format(
            Locale.ROOT,
            "Day 1: %,d events of everyday use, from which it learns what is usual.",
            split));
    send(events.subList(0, split), connection, 0, queries);
    out.println(
        String.format(
            Locale.ROOT,
            "Day 2: %,d events, in %d seconds. Thieves, a prober and two broken models are among them.%n",
            events.size() - split,
            seconds));
    double speed = (double) DemoWorld.LENGTH.minus(DemoWorld.LEARNING).toSeconds() / seconds;
    send(events.subList(split, events.size()), connection, speed, queries);
    try (GroupProgress progress = new GroupProgress(connection, "inferwarden-demo")) {
      if (!progress.awaitRest(IDLE_AFTER.plusSeconds(2), PATIENCE, System::nanoTime)) {
        throw new IOException(
            "the platform did not come to rest within " + PATIENCE.toMinutes() + " minutes");
      }
    }
    double took = (System.nanoTime() - begin) / 1e9;
    double weeks = DemoWorld.LENGTH.minus(DemoWorld.LEARNING).toHours() / (7 * 24.0);
    return BacktestScore.score(
        new BacktestRun(
            (long) total(deployment, "inferwarden_events_processed_total"),
            (long) total(deployment, "inferwarden_events_rejected_total"),
            took,
            queries,
            opened.all(),
            Policy.defaults().budget().falseIncidentsPerWeek() * weeks,
            total(deployment, "inferwarden_alarm_budget_spent_total")),
        world.labels());
  }

  private void send(
      List<DemoEvent> events, Map<String, Object> connection, double speed, QueryLog queries)
      throws IOException {
    ProgressLine progress = ProgressLine.onTerminal(spec.commandLine().getErr());
    try (EventProducer producer = new EventProducer(connection, speed)) {
      long sent = 0;
      for (DemoEvent event : events) {
        producer.send(event.json());
        queries.record(event.principal(), event.model(), event.timeMillis());
        progress.show("Sending", ++sent, sent / (double) events.size());
      }
      producer.flush();
    }
    progress.clear();
  }

  private static double total(Deployment deployment, String metric) {
    return Collections.list(deployment.registry().metricFamilySamples()).stream()
        .flatMap(family -> family.samples.stream())
        .filter(sample -> sample.name.equals(metric))
        .mapToDouble(sample -> sample.value)
        .sum();
  }

  private static boolean asExpected(BacktestReport report) {
    return report.attacks().stream().allMatch(attack -> attack.detected() == attack.principals())
        && Integer.valueOf(0).equals(report.budget().observedFalse())
        && java.util.Objects.equals(report.models().detected(), report.models().expected());
  }

  /**
   * Prints each incident as it opens, and again when it has turned out to be a campaign or has ten
   * times as many members; keeps all of it for the summary.
   */
  private static final class OpenedIncidents implements IncidentSink {
    private static final int GROWN = 10;

    private final PrintWriter out;
    private final IncidentHistory history = new IncidentHistory();
    private final Map<String, Long> printedMembers = new HashMap<>();

    OpenedIncidents(PrintWriter out) {
      this.out = out;
    }

    @Override
    public String name() {
      return "demo";
    }

    @Override
    public synchronized void deliver(Notification notification) {
      Incident incident = notification.incident();
      history.accept(incident);
      Long printed = printedMembers.get(incident.id());
      if (printed == null || incident.memberCount() >= Math.max(2, GROWN * printed)) {
        printedMembers.put(incident.id(), incident.memberCount());
        out.println(ShortIncident.of(incident));
      }
    }

    synchronized List<OpenedIncident> all() {
      return history.all();
    }
  }
}
