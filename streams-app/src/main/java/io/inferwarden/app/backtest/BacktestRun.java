package io.inferwarden.app.backtest;

import java.util.List;
import java.util.Objects;

/**
 * What a run over recorded events left behind, to be scored.
 *
 * @param events events that were judged
 * @param rejected events that were not, for being malformed
 * @param seconds how long the run took
 * @param queries the times of all judged events
 * @param incidents in any order
 * @param budgetPromised expected false incidents that the policy accepts over the watched time
 * @param budgetSpent how much of it the detectors laid out
 */
public record BacktestRun(
    long events,
    long rejected,
    double seconds,
    QueryLog queries,
    List<OpenedIncident> incidents,
    double budgetPromised,
    double budgetSpent) {
  public BacktestRun {
    if (events < 0 || rejected < 0) {
      throw new IllegalArgumentException(
          "events and rejected must be >= 0, were " + events + " and " + rejected);
    }
    if (!(seconds >= 0)) {
      throw new IllegalArgumentException("seconds must be >= 0, was " + seconds);
    }
    Objects.requireNonNull(queries, "queries");
    incidents = List.copyOf(incidents);
  }
}
