package io.inferwarden.app.command;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.feed.PrintableText;
import io.inferwarden.alerting.route.Destination;
import io.inferwarden.alerting.route.RoutingTree;
import io.inferwarden.app.policy.AlertsConfig;
import io.inferwarden.app.policy.RunConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code alerts route}: where an incident would go, and why. */
@Command(
    name = "route",
    mixinStandardHelpOptions = true,
    description = {
      "Says where incidents would go by a configuration, and why. Asks no deployment: silences and"
          + " other open incidents are not known here, planned maintenance is.",
      "Ends with 1 when an incident that pages reaches nobody."
    },
    footer = {
      "",
      "Example:",
      "  inferwarden alerts route --config run.yaml --incident incident.json"
    })
final class AlertsRouteCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration of run, YAML.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  Path config;

  @Option(
      names = "--incident",
      required = true,
      paramLabel = "FILE",
      description = "Incidents as JSON, one a line, as the file of incidents holds them.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  Path incident;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "When, such as 2027-01-31T22:00:00Z; now without it.")
  @Nullable Instant at;

  @Override
  public Integer call() throws IOException {
    AlertsConfig alerts = RunConfigFile.read(config).alerts();
    Instant given = at;
    Instant now = given == null ? Clock.systemUTC().instant() : given;
    PrintWriter out = spec.commandLine().getOut();
    boolean isLost = false;
    for (Incident each : incidents(incident)) {
      isLost |= !tell(alerts, each, now, out);
    }
    return isLost ? ExitCodes.CHECK_FAILED : ExitCodes.DONE;
  }

  /** False when it pages and reaches nobody. */
  private static boolean tell(
      AlertsConfig alerts, Incident incident, Instant now, PrintWriter out) {
    RoutingTree tree = alerts.tree();
    out.println(
        PrintableText.of(
            incident.id()
                + ": "
                + incident.kind().code()
                + " ("
                + incident.severity().code()
                + ") about "
                + incident.subject()
                + ", model "
                + incident.model()));
    tree.explain(incident).forEach(line -> out.println("  " + PrintableText.of(line)));
    List<Destination> destinations = tree.route(incident, now.toEpochMilli(), List.of(), List.of());
    for (Destination destination : destinations) {
      out.println("  " + PrintableText.of(inWords(destination)));
    }
    boolean isTold =
        incident.kind() == IncidentKind.TEST
            ? !destinations.isEmpty()
            : destinations.stream().anyMatch(each -> alerts.plan().sinks().contains(each.sink()));
    if (!isTold) {
      out.println("  nobody is told" + (incident.pages() ? ", though it pages" : ""));
    }
    return isTold || !incident.pages();
  }

  private static String inWords(Destination destination) {
    String held =
        destination
            .hold()
            .map(hold -> ", but not now: " + hold.because())
            .orElse(destination.group().isEmpty() ? "" : ", with those of its group");
    return "to sink "
        + destination.sink()
        + (destination.route().isEmpty()
            ? ": " + destination.because().get(0)
            : " by " + destination.route())
        + held;
  }

  private static List<Incident> incidents(Path file) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file");
    }
    List<Incident> incidents = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      try {
        incidents.add(IncidentJson.fromJson(lines.get(i).getBytes(StandardCharsets.UTF_8)));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ":" + (i + 1) + ": is no incident: " + e.getMessage(), e);
      }
    }
    if (incidents.isEmpty()) {
      throw new IOException(file + " holds no incident");
    }
    return incidents;
  }
}
