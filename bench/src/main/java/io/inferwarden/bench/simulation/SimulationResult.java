package io.inferwarden.bench.simulation;

import java.util.List;

/**
 * All that one simulation found.
 *
 * @param nulls streams without a change
 * @param hourly shifts in hourly panes of 25 events
 * @param everyMinute shifts in panes of a minute with 100 events
 */
record SimulationResult(
    List<NullResult> nulls, List<ShiftResult> hourly, List<ShiftResult> everyMinute) {}
