package io.inferwarden.app.processor;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.detectors.evidence.NegativeBinomialRate;
import io.inferwarden.detectors.evidence.RateBaseline;
import io.inferwarden.detectors.evidence.RateLevels;
import io.inferwarden.detectors.evidence.RateState;
import io.inferwarden.detectors.model.BinShift;
import io.inferwarden.detectors.model.CauseShare;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.ModelState;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.state.StateReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges the panes of one model under one of its baselines. */
final class PaneJudge {
  /**
   * Share of the evidence above which outputs alone have moved: the model changed, not the world.
   */
  private static final double OUTPUTS_ALONE = .8;

  /**
   * Share of a pane that may have come from principals accused within it. Above, the pane shows
   * what a thief asks, not how the model's world is, and it is not judged.
   */
  private static final double MOST_TAINTED = .01;

  private static final int REASONS = 4;

  /** Causes that carry less of the evidence than this are not told. */
  private static final double LEAST_SHARE = .01;

  private final DetectionSettings settings;
  private final AppMetrics metrics;
  private final BaselineRecord baseline;
  private final @Nullable ModelDetector detector;
  private final @Nullable RateBaseline rateBaseline;

  PaneJudge(DetectionSettings settings, AppMetrics metrics, BaselineRecord baseline) {
    this.settings = settings;
    this.metrics = metrics;
    this.baseline = baseline;
    byte[] behaviour = baseline.behaviour();
    this.detector =
        behaviour == null
            ? null
            : new ModelDetector(ModelBaseline.readFrom(new StateReader(behaviour)));
    byte[] rate = baseline.rate();
    this.rateBaseline = rate == null ? null : RateBaseline.readFrom(new StateReader(rate));
  }

  /**
   * Judges one complete pane.
   *
   * @param judged the evidence so far; changed
   * @param pane the counts of all partitions; null when the model had no event in a pane in which
   *     others had
   * @param models among which the budget is split
   * @return what it raises: nothing, most of the time
   */
  List<Finding> judge(
      JudgedBaseline judged,
      long paneStartMillis,
      JudgedBaseline.@Nullable PendingPane pane,
      int models) {
    List<Finding> findings = new ArrayList<>();
    if (pane != null && detector != null) {
      long events = Math.max(pane.counts.inputEvents(), pane.counts.outputEvents());
      judged.events += events;
      if (pane.tainted <= MOST_TAINTED * events) {
        Finding shift = judgeBehaviour(judged, detector, paneStartMillis, pane.counts, models);
        if (shift != null) {
          findings.add(shift);
        }
      } else {
        metrics.panesTainted.inc();
      }
    }
    if (rateBaseline != null) {
      long events = pane == null ? 0 : pane.counts.inputEvents() + pane.leftOut;
      Finding silence = judgeRate(judged, rateBaseline, paneStartMillis, events, models);
      if (silence != null) {
        findings.add(silence);
      }
    }
    return findings;
  }

  private @Nullable Finding judgeBehaviour(
      JudgedBaseline judged,
      ModelDetector known,
      long paneStartMillis,
      PaneCounts counts,
      int models) {
    double spend = settings.budget().modelPaneSpend(settings.pane().toMillis(), models);
    metrics.budgetSpent.labels("models").inc(spend);
    ModelState state = judged.state(known);
    boolean settling = paneStartMillis >= judged.incidentUntilMillis;
    double level = known.step(state, paneStartMillis, counts, spend, settling);
    if (!(level >= 1)) {
      return null;
    }
    boolean outputsAlone = known.outputShare(state) >= OUTPUTS_ALONE;
    Finding finding =
        finding(
            judged,
            outputsAlone ? IncidentKind.MODEL_REPLACED : IncidentKind.INPUT_DRIFT,
            outputsAlone ? Severity.CRITICAL : Severity.HIGH,
            paneStartMillis,
            known.onsetMillis(state),
            level,
            reasons(known.explain(state)));
    known.restart(state);
    judged.incidentUntilMillis = paneEnd(paneStartMillis) + settings.quietPeriod().toMillis();
    return finding;
  }

  private @Nullable Finding judgeRate(
      JudgedBaseline judged, RateBaseline known, long paneStartMillis, long events, int models) {
    RateState state = judged.rate;
    if (state == null) {
      state = NegativeBinomialRate.newState();
      judged.rate = state;
    }
    double spend = settings.budget().silencePaneSpend(settings.pane().toMillis(), models);
    metrics.budgetSpent.labels("silence").inc(spend);
    RateLevels levels = NegativeBinomialRate.step(known, state, paneStartMillis, events, spend);
    if (levels.up() >= 1) {
      metrics.surges.inc();
      state.restartUp();
    }
    if (!(levels.down() >= 1)) {
      return null;
    }
    state.restartDown();
    double usual = known.mean(hourOfDay(paneStartMillis));
    String sentence =
        String.format(
            java.util.Locale.ROOT,
            "requests: %d in the last pane, where about %.0f are usual at this hour; carries all of the evidence",
            events,
            usual);
    return finding(
        judged,
        IncidentKind.SILENCE,
        Severity.MEDIUM,
        paneStartMillis,
        paneStartMillis,
        levels.down(),
        List.of(
            new Evidence(
                "requests", 1, "fewer requests than usual", Double.NaN, Double.NaN, sentence)));
  }

  private static int hourOfDay(long timeMillis) {
    return (int) (Math.floorMod(timeMillis, 86_400_000L) / 3_600_000L);
  }

  private long paneEnd(long paneStartMillis) {
    return paneStartMillis + settings.pane().toMillis();
  }

  private Finding finding(
      JudgedBaseline judged,
      IncidentKind kind,
      Severity severity,
      long paneStartMillis,
      long onsetMillis,
      double level,
      List<Evidence> evidence) {
    return new Finding(
        "model:" + baseline.model(),
        baseline.model(),
        baseline.version(),
        kind,
        severity,
        paneEnd(paneStartMillis),
        onsetMillis,
        judged.events,
        level,
        evidence);
  }

  private static List<Evidence> reasons(List<CauseShare> causes) {
    List<Evidence> reasons = new ArrayList<>();
    for (CauseShare cause : causes) {
      boolean matters = reasons.isEmpty() || cause.share() >= LEAST_SHARE;
      if (reasons.size() < REASONS && matters && !cause.bins().isEmpty()) {
        BinShift bin = cause.bins().get(0);
        reasons.add(
            Evidence.ofModel(
                cause.signal(),
                cause.share(),
                bin.bin(),
                bin.expectedShare(),
                bin.observedShare()));
      }
    }
    return reasons;
  }
}
