package io.inferwarden.bench.simulation;

import io.inferwarden.bench.simulation.rival.Rival;
import io.inferwarden.detectors.model.PaneCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs one stream without a change: it learns, then is watched for days of hourly panes. */
final class NullRun {
  static final long HOUR_MILLIS = 3_600_000;
  static final int HOURS_A_MONTH = 720;

  /** Monday, 5 January 2026, midnight UTC. */
  static final long START_MILLIS = 1_767_571_200_000L;

  private NullRun() {}

  static StreamOutcome run(NullCase kind, StreamRandom random, int days) {
    PaneSource source = kind.values().of(random);
    List<Pane> learning = new ArrayList<>();
    for (int pane = 0; pane < kind.learningPanes(); pane++) {
      learning.add(next(kind, source, random, pane));
    }
    WatchedModel model = WatchedModel.learn(learning, HOUR_MILLIS);
    WatchedModel.Watch monthly = model.watch(1.0 / HOURS_A_MONTH);
    WatchedModel.Watch hundredth = model.watch(.01 / HOURS_A_MONTH);
    WatchedModel.Watch split = model.watch(1.0 / HOURS_A_MONTH);
    Map<Rival, RivalWatch> rivals = RivalWatch.all(learning);
    int differing = 0;
    int end = kind.learningPanes() + 24 * days;
    for (int number = kind.learningPanes(); number < end; number++) {
      Pane pane = next(kind, source, random, number);
      rivals.values().forEach(rival -> rival.judge(pane));
      for (WatchedModel.Judged judged : model.judged(pane)) {
        PaneCounts counts = model.counts(pane, judged);
        monthly.judge(judged, counts);
        hundredth.judge(judged, counts);
        if (kind.isSplit()) {
          split.judge(judged, model.countsOfParts(pane, judged));
          differing += Double.compare(split.level(), monthly.level()) == 0 ? 0 : 1;
        }
      }
    }
    return new StreamOutcome(
        monthly.alarms(),
        hundredth.alarms(),
        monthly.meanLikelihoodRatio(),
        monthly.wasPromiseSuspended(),
        differing,
        alarms(rivals));
  }

  private static Map<String, Integer> alarms(Map<Rival, RivalWatch> rivals) {
    Map<String, Integer> alarms = new LinkedHashMap<>();
    rivals.forEach((rival, watch) -> alarms.put(rival.title(), watch.alarms()));
    return alarms;
  }

  private static Pane next(NullCase kind, PaneSource source, StreamRandom random, int pane) {
    return source.draw(START_MILLIS + pane * HOUR_MILLIS, pane, kind.volume().events(random, pane));
  }
}
