package io.inferwarden.bench.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs one stream with a shift until ours and the rivals have seen it or the panes end. */
final class ShiftRun {
  /** Name of our detector among the others. */
  static final String OURS = "Inferwarden";

  /**
   * What one detector made of one stream.
   *
   * @param falsePanes panes with an alarm before the shift
   * @param events events from the shift to the end of the pane of the alarm; infinite when missed
   * @param panes panes from the shift to that alarm, with it; infinite when missed
   */
  record Delay(int falsePanes, double events, double panes) {}

  /** A detector that is shown pane after pane. */
  @FunctionalInterface
  private interface Watcher {
    boolean judge(Pane pane);
  }

  private ShiftRun() {}

  /** The delays of ours, first, and of the rivals that have a rule for the feature. */
  static Map<String, Delay> run(ShiftCase kind, ShiftPlan plan, StreamRandom random) {
    int shift = plan.learned() + plan.quiet();
    PaneSource source = kind.values().of(random, shift);
    List<Pane> learning = panes(source, plan, random, 0, plan.learned());
    List<Pane> quiet = panes(source, plan, random, plan.learned(), shift);
    List<Pane> shifted = panes(source, plan, random, shift, shift + plan.shifted());
    WatchedModel model = WatchedModel.learn(learning, plan.paneMillis());
    WatchedModel.Watch ours = model.watch(plan.spend());
    Map<String, Delay> delays = new LinkedHashMap<>();
    delays.put(OURS, delay(pane -> judge(model, ours, pane), quiet, shifted));
    RivalWatch.all(learning)
        .forEach((rival, watch) -> delays.put(rival.title(), delay(watch::judge, quiet, shifted)));
    return delays;
  }

  static List<Pane> panes(
      PaneSource source, ShiftPlan plan, StreamRandom random, int from, int to) {
    List<Pane> panes = new ArrayList<>();
    for (int pane = from; pane < to; pane++) {
      long start = NullRun.START_MILLIS + pane * plan.paneMillis();
      panes.add(source.draw(start, pane, plan.volume().events(random, pane)));
    }
    return panes;
  }

  private static Delay delay(Watcher watcher, List<Pane> quiet, List<Pane> shifted) {
    int falsePanes = 0;
    for (Pane pane : quiet) {
      falsePanes += watcher.judge(pane) ? 1 : 0;
    }
    double events = 0;
    double panes = 0;
    for (Pane pane : shifted) {
      events += pane.size();
      panes++;
      if (watcher.judge(pane)) {
        return new Delay(falsePanes, events, panes);
      }
    }
    return new Delay(falsePanes, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
  }

  /** Whether any part of the pane that is judged alarms. */
  static boolean judge(WatchedModel model, WatchedModel.Watch watch, Pane pane) {
    boolean alarmed = false;
    for (WatchedModel.Judged judged : model.judged(pane)) {
      alarmed |= watch.judge(judged, model.counts(pane, judged));
    }
    return alarmed;
  }
}
