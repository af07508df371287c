package io.inferwarden.bench.abuse;

import io.inferwarden.bench.abuse.CalibrationResult.Detector;
import io.inferwarden.bench.abuse.rival.AbuseRival;
import io.inferwarden.bench.abuse.rival.Prada;
import io.inferwarden.bench.abuse.rival.RateLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Other detectors on a whole trace, each at the threshold that accuses as many of the honest. */
final class Rivals {
  private static final int LEARNED_HOURS = 24;

  private final RecordedTrace trace;

  Rivals(RecordedTrace trace) {
    this.trace = trace;
  }

  /**
   * @param ours the finished replay of this detector
   * @param accused honest principals that it accuses
   */
  List<Detector> compare(Replay ours, int accused) {
    long end = trace.startMillis() + LEARNED_HOURS * Learning.HOUR_MILLIS;
    Supplier<AbuseRival> prada =
        Prada.learn(
            trace.events().stream()
                .takeWhile(event -> event.timeMillis() < end)
                .map(RecordedEvent::observation)
                .toList());
    return List.of(
        detector(
            "Inferwarden",
            accused,
            who -> ours.course(who).queriesToDetect(trace.eventsBeforeAttack(who))),
        judged("PRADA", prada, accused),
        judged("queries a minute", RateLimit::new, accused));
  }

  private Detector judged(String name, Supplier<AbuseRival> rival, int accepted) {
    Map<String, AbuseRival> judges = new HashMap<>();
    Map<String, ScoreCourse> courses = new TreeMap<>();
    for (RecordedEvent event : trace.events()) {
      double score =
          judges.computeIfAbsent(event.principal(), who -> rival.get()).take(event.observation());
      courses.computeIfAbsent(event.principal(), who -> new ScoreCourse()).take(score);
    }
    List<Double> honest = new ArrayList<>();
    courses.forEach(
        (who, course) -> {
          if (trace.isHonest(who)) {
            honest.add(course.highest());
          }
        });
    honest.sort((a, b) -> Double.compare(b, a));
    double threshold = honest.get(accepted);
    int accused = (int) honest.stream().filter(score -> score > threshold).count();
    return detector(
        name,
        accused,
        who ->
            courses
                .getOrDefault(who, new ScoreCourse())
                .queriesAbove(threshold, trace.eventsBeforeAttack(who)));
  }

  private Detector detector(String name, int accused, ToDoubleFunction<String> queriesOf) {
    Set<String> single = Set.copyOf(trace.singleAttackers());
    List<Double> ofSingle = new ArrayList<>();
    List<Double> ofRings = new ArrayList<>();
    int found = 0;
    for (String who : trace.attackers()) {
      double queries = queriesOf.applyAsDouble(who);
      found += Double.isFinite(queries) ? 1 : 0;
      (single.contains(who) ? ofSingle : ofRings).add(queries);
    }
    return new Detector(name, accused, found, median(ofSingle), median(ofRings));
  }

  private static double median(List<Double> values) {
    return Calibration.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
