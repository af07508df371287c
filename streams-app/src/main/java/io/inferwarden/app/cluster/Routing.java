package io.inferwarden.app.cluster;

import io.inferwarden.alerting.delivery.AlertingMetrics;
import io.inferwarden.alerting.route.RoutingTree;
import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.api.Receivers;
import io.inferwarden.app.policy.AlertsConfig;
import io.inferwarden.app.policy.RunConfig;
import io.inferwarden.app.policy.SinkConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which sinks there are by the configuration, and the routes to them. */
final class Routing {
  private Routing() {}

  /**
   * The routes to all sinks of a configuration, whoever delivers to them.
   *
   * @param more sinks beside the file and those of the configuration. As the file, they are told
   *     everything.
   */
  static AlertRouting of(RunConfig config, List<String> more, AlertingMetrics metrics) {
    AlertsConfig alerts = config.alerts();
    Set<String> names = new HashSet<>(more);
    names.addAll(config.incidents().sinks());
    alerts.sinks().stream().map(SinkConfig::name).forEach(names::add);
    List<String> toldAll =
        names.stream().filter(name -> !alerts.plan().sinks().contains(name)).sorted().toList();
    return new AlertRouting(
        RoutingTree.of(alerts.plan().withAlways(toldAll)),
        Set.copyOf(names),
        alerts.refreshed(),
        alerts.watchdog(),
        metrics::countSilenced);
  }

  static Receivers receivers(AlertRouting routing) {
    return new Receivers() {
      @Override
      public List<String> routes() {
        return routing.tree().routes();
      }

      @Override
      public List<String> sinks() {
        return routing.sinks().stream().sorted().toList();
      }

      @Override
      public Optional<List<String>> sinksOfRoute(String route) {
        return routing.tree().sinksOfRoute(route);
      }
    };
  }
}
