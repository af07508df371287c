package io.inferwarden.app.processor;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.detectors.model.CauseShare;
import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.ModelState;
import io.inferwarden.detectors.model.PaneCounts;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a model under one of its baselines. It is no part of the state: a judge that
 * starts anew shows it after the next pane.
 */
final class BaselineView {
  /** What was not seen for so long is not shown any more, event time. */
  static final long LATELY_MILLIS = Duration.ofDays(1).toMillis();

  private static final int SHOWN_CAUSES = 5;

  /** A version that gives less of a pane's answers is not shown. */
  private static final double LEAST_SHARE = .01;

  private static final int MOST_VERSIONS = 64;

  private record Served(long paneStartMillis, long answers) {}

  private final Map<IncidentKind, EvidenceReading> readings = new EnumMap<>(IncidentKind.class);
  private final Map<String, Served> served = new HashMap<>();
  private @Nullable AnswerShares answers;
  private double settledDrift = Double.NaN;
  private long judgedPaneMillis = Long.MIN_VALUE;

  /**
   * Takes in the evidence on inputs and outputs, which is one sum: the kind as which it would be
   * raised has all of it, the others have their own part.
   *
   * @param leading as which it would be raised; null where it is too little to say
   * @param causes in their order; empty where it is too little to say
   */
  void behaved(
      ModelDetector detector,
      ModelState state,
      EvidenceReading whole,
      @Nullable IncidentKind leading,
      List<CauseShare> causes) {
    Map<IncidentKind, Double> parts = new EnumMap<>(IncidentKind.class);
    parts.put(IncidentKind.INPUT_DRIFT, detector.inputShare(state));
    parts.put(IncidentKind.OUTPUT_SHIFT, detector.outputShare(state));
    parts.put(IncidentKind.MODEL_REPLACED, 0.0);
    parts.forEach(
        (kind, part) ->
            read(
                kind,
                kind == leading
                    ? new EvidenceReading(
                        whole.paneStartMillis(),
                        whole.level(),
                        whole.spend(),
                        whole.heldUntilMillis(),
                        largest(causes))
                    : EvidenceReading.of(
                        whole.paneStartMillis(), part * whole.level(), whole.spend())));
  }

  /** Takes in evidence of one kind. */
  void read(IncidentKind kind, EvidenceReading reading) {
    readings.merge(kind, reading, EvidenceReading::then);
  }

  private static Map<String, Double> largest(List<CauseShare> causes) {
    Map<String, Double> largest = new LinkedHashMap<>();
    causes.stream()
        .sorted(Comparator.comparingDouble(CauseShare::share).reversed())
        .limit(SHOWN_CAUSES)
        .forEach(cause -> largest.merge(cause.signal(), cause.share(), Double::sum));
    return largest;
  }

  /** Takes in the answers of a pane that is judged. */
  void answered(ModelDetector detector, long paneStartMillis, PaneCounts counts) {
    if (counts.outputEvents() > 0) {
      answers = AnswerShares.of(detector, paneStartMillis, counts);
    }
  }

  /** Takes in who answered in a pane. */
  void served(long paneStartMillis, ReleaseCounts outputs) {
    Map<String, Long> byVersion = new HashMap<>();
    outputs.byRelease.forEach(
        (release, counts) ->
            byVersion.merge(release.version(), counts.outputEvents(), Math::addExact));
    double least = Math.max(1, LEAST_SHARE * outputs.events());
    byVersion.values().removeIf(events -> events < least);
    byVersion.forEach(
        (version, events) -> served.put(version, new Served(paneStartMillis, events)));
    served.values().removeIf(one -> !isLately(one.paneStartMillis, paneStartMillis));
    while (served.size() > MOST_VERSIONS) {
      served.remove(Collections.min(served.entrySet(), BY_RECENCY).getKey());
    }
  }

  private static final Comparator<Map.Entry<String, Served>> BY_RECENCY =
      Comparator.<Map.Entry<String, Served>>comparingLong(one -> one.getValue().paneStartMillis)
          .thenComparingLong(one -> one.getValue().answers)
          .thenComparing(Map.Entry::getKey);

  /** A pane was judged, be it without events. */
  void judged(long paneStartMillis) {
    judgedPaneMillis = paneStartMillis;
  }

  /** Start of the pane that was judged last; those in which nobody had events are not. */
  long judgedPaneMillis() {
    return judgedPaneMillis;
  }

  void drifted(double largestExcess) {
    settledDrift = largestExcess;
  }

  /** How far the usual has moved; NaN while that was not looked at. */
  double settledDrift() {
    return settledDrift;
  }

  /** Evidence by kind, without what no pane was judged for of late. */
  Map<IncidentKind, EvidenceReading> readings(long nowMillis) {
    Map<IncidentKind, EvidenceReading> lately = new EnumMap<>(IncidentKind.class);
    readings.forEach(
        (kind, reading) -> {
          if (isLately(reading.paneStartMillis(), nowMillis)) {
            lately.put(kind, reading);
          }
        });
    return lately;
  }

  /** The answers of the last judged pane that had any, if that was of late. */
  Optional<AnswerShares> answers(long nowMillis) {
    return Optional.ofNullable(answers).filter(last -> isLately(last.paneStartMillis(), nowMillis));
  }

  /** The versions that answered last, the latest and busiest first. */
  List<String> latestVersions(int most) {
    return served.entrySet().stream()
        .sorted(BY_RECENCY.reversed())
        .limit(most)
        .map(Map.Entry::getKey)
        .map(Objects::requireNonNull)
        .toList();
  }

  private static boolean isLately(long paneStartMillis, long nowMillis) {
    return paneStartMillis > nowMillis - LATELY_MILLIS;
  }
}
