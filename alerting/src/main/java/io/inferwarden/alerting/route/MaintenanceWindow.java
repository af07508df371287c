package io.inferwarden.alerting.route;

/**
 * A time in which work on what is watched is planned: incidents that it means are recorded, and
 * nobody is told.
 *
 * @param name for the ledger
 * @param match which incidents it means
 * @param schedule when it is open
 * @param reason why, for whoever wonders
 */
public record MaintenanceWindow(String name, Match match, Schedule schedule, String reason) {
  public MaintenanceWindow {
    RouteChecks.named("name of a maintenance window", name);
    RouteChecks.notBlank("reason of maintenance window " + name, reason);
  }
}
