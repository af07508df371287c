package io.inferwarden.bench.simulation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How soon each detector saw one shift.
 *
 * @param name of the shift
 * @param streams number of streams
 * @param detectors by name, ours first; those that have a rule for the feature
 */
record ShiftResult(String name, int streams, Map<String, Delays> detectors) {

  /**
   * The delays of one detector.
   *
   * @param medianEvents events until the alarm; infinite where half of the streams or more miss it
   * @param medianPanes panes until the alarm, likewise
   * @param missed share of streams in which no alarm followed
   * @param falsePanes panes with an alarm before the shift, over all streams
   * @param quietPanes panes watched before the shift, over all streams
   */
  record Delays(
      double medianEvents, double medianPanes, double missed, int falsePanes, int quietPanes) {}

  static ShiftResult of(ShiftCase kind, ShiftPlan plan, List<Map<String, ShiftRun.Delay>> runs) {
    Map<String, Delays> detectors = new LinkedHashMap<>();
    for (String name : runs.get(0).keySet()) {
      List<ShiftRun.Delay> own =
          runs.stream().map(run -> Objects.requireNonNull(run.get(name))).toList();
      detectors.put(name, delays(own, plan.quiet() * runs.size()));
    }
    return new ShiftResult(kind.name(), runs.size(), detectors);
  }

  private static Delays delays(List<ShiftRun.Delay> own, int quietPanes) {
    return new Delays(
        median(own.stream().mapToDouble(ShiftRun.Delay::events).toArray()),
        median(own.stream().mapToDouble(ShiftRun.Delay::panes).toArray()),
        own.stream().filter(each -> Double.isInfinite(each.events())).count() / (double) own.size(),
        own.stream().mapToInt(ShiftRun.Delay::falsePanes).sum(),
        quietPanes);
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
