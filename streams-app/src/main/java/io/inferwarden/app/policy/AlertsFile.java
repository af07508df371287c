package io.inferwarden.app.policy;

import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.route.Owners;
import io.inferwarden.alerting.route.Route;
import io.inferwarden.alerting.route.RoutingPlan;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the section {@code alerts} of a configuration. */
final class AlertsFile {
  private static final Rule<String> ENVIRONMENT =
      Rule.matching("[A-Za-z0-9._-]{1,60}", "1 to 60 letters, digits, '.', '_' and '-'");

  /** What can be checked of an address to link to; sinks have rules of their own. */
  private static final Rule<String> LINK_BASE =
      text ->
          ConfigPaths.ADDRESS_TEXT
              .violation(text)
              .or(
                  () ->
                      Rule.unless(
                          URI.create(text).getRawQuery() == null
                              && URI.create(text).getRawFragment() == null
                              && text.length() <= 2000,
                          "must have neither a query nor a fragment, and at most 2000"
                              + " characters"));

  private AlertsFile() {}

  /**
   * Notes problems in the reader, and leaves out what has some.
   *
   * @param always sinks beside those that stand there, which are told everything
   */
  static AlertsConfig read(ConfigReader reader, Path baseFolder, List<String> always) {
    String environment = reader.text("environment", "", ENVIRONMENT);
    Optional<URI> linkBase = reader.text("linkBase", LINK_BASE).map(URI::create);
    Owners owners = owners(reader.section("owners"));
    List<String> allow = reader.list("allow", AlertsFile::destinationViolation);
    Optional<Duration> watchdog = reader.duration("watchdog", AlertsConfig.WATCHDOG);
    List<ConfigReader> sinkReaders = reader.sections("sinks");
    List<SinkConfig> sinks = SinksFile.read(sinkReaders, baseFolder, linkBase);
    List<String> names = sinks.stream().map(SinkConfig::name).toList();
    RoutesFile routes = new RoutesFile(written(sinkReaders));
    Optional<Route> root =
        reader.has("route") ? Optional.of(routes.root(reader.section("route"))) : Optional.empty();
    var maintenance = routes.maintenance(reader.sections("maintenance"));
    var inhibitions = RoutesFile.inhibitions(reader.sections("inhibit"));
    boolean isWhole = !reader.hasProblems();
    RoutingPlan plan =
        new RoutingPlan(
            environment,
            owners,
            new LinkedHashSet<>(names),
            isWhole && root.isPresent() ? root.get() : Route.everythingTo(names),
            maintenance,
            inhibitions,
            always);
    return new AlertsConfig(linkBase, allow, watchdog, sinks, plan);
  }

  /** The names of sinks as they are written: a sink with a problem is no unknown one. */
  private static List<String> written(List<ConfigReader> sinkReaders) {
    return sinkReaders.stream()
        .flatMap(sink -> sink.text("name", name -> Optional.empty()).stream())
        .distinct()
        .toList();
  }

  private static Owners owners(ConfigReader reader) {
    Map<String, String> owners = reader.texts();
    owners.forEach(
        (model, owner) -> {
          if (owner.isBlank() || model.isBlank()) {
            reader.problem(model, "must name the owner of a model");
          }
        });
    owners.entrySet().removeIf(entry -> entry.getKey().isBlank() || entry.getValue().isBlank());
    return new Owners(owners);
  }

  private static Optional<String> destinationViolation(String entry) {
    try {
      DestinationGuard.allowing(List.of(entry));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          "must be a host, an address or a range such as 10.0.0.0/8, was \"" + entry + '"');
    }
  }
}
