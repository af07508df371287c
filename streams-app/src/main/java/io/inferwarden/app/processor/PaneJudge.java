package io.inferwarden.app.processor;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.detectors.evidence.NegativeBinomialRate;
import io.inferwarden.detectors.evidence.RateBaseline;
import io.inferwarden.detectors.evidence.RateLevels;
import io.inferwarden.detectors.evidence.RateState;
import io.inferwarden.detectors.model.CauseShare;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.ModelState;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.model.SignalGroup;
import io.inferwarden.detectors.state.StateReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges the panes of one model under one of its baselines. */
final class PaneJudge {
  /**
   * Share of the evidence on inputs and outputs above which outputs alone have moved: the model
   * changed, not the world.
   */
  private static final double OUTPUTS_ALONE = .8;

  private final DetectionSettings settings;
  private final AppMetrics metrics;
  private final BaselineRecord baseline;
  private final @Nullable ModelDetector detector;
  private final @Nullable RateBaseline rateBaseline;
  private final ModelTickets tickets;
  private final long paneMillis;

  PaneJudge(
      DetectionSettings settings, AppMetrics metrics, LearnedParts parts, BaselineRecord baseline) {
    this.settings = settings;
    this.metrics = metrics;
    this.baseline = baseline;
    ModelBaseline learned = parts.behaviour(baseline);
    this.detector = learned == null ? null : new ModelDetector(learned);
    byte[] rate = baseline.rate();
    this.tickets = new ModelTickets(settings, baseline);
    this.paneMillis =
        learned == null
            ? settings.pane().toMillis()
            : learned.judgedPaneMillis(settings.tick().toMillis());
    this.rateBaseline =
        rate == null || learned == null ? null : RateBaseline.readFrom(new StateReader(rate));
  }

  /** What judges inputs and outputs; null when there was too little to learn it from. */
  @Nullable ModelDetector detector() {
    return detector;
  }

  /** Length of the panes that are judged, milliseconds. */
  long paneMillis() {
    return paneMillis;
  }

  /**
   * Judges one complete pane.
   *
   * @param judged the evidence so far; changed
   * @param pane the counts of all partitions; null when the model had no event in a pane in which
   *     others had
   * @param models among which the budget is split; with weights, the sum of all over the model's
   *     own
   * @param sharers the same, with every live version of a model counted
   * @return what it raises: nothing, most of the time
   */
  List<Finding> judge(
      JudgedBaseline judged,
      long paneStartMillis,
      JudgedBaseline.@Nullable PendingPane pane,
      double models,
      double sharers) {
    List<Finding> findings = new ArrayList<>();
    if (pane != null && detector != null) {
      long events = Math.max(pane.counts.inputEvents(), pane.counts.outputEvents());
      judged.events += events;
      if (pane.isTainted()) {
        judged.taintedUntilMillis = paneStartMillis + settings.pane().toMillis();
      }
      if (paneStartMillis >= judged.taintedUntilMillis) {
        Finding shift = judgeBehaviour(judged, detector, paneStartMillis, pane.counts, sharers);
        if (shift != null) {
          findings.add(shift);
        }
      } else {
        metrics.panesTainted.inc();
      }
    }
    if (rateBaseline != null) {
      judged.requests += pane == null ? 0 : pane.counts.inputEvents() + pane.leftOut;
      long policyPane = settings.paneStart(paneStartMillis);
      if (paneEnd(paneStartMillis) == policyPane + settings.pane().toMillis()) {
        if (policyPane >= judged.coveredFromMillis) {
          judgeRate(findings, judged, rateBaseline, policyPane, judged.requests, models);
        }
        judged.requests = 0;
      }
    }
    for (ModelTickets.Ticket ticket :
        tickets.after(judged, paneStartMillis, detector, rateBaseline != null)) {
      findings.add(
          finding(
              judged,
              ticket.kind(),
              paneStartMillis,
              paneStartMillis,
              ticket.level(),
              Chance.UNKNOWN,
              ticket.evidence()));
    }
    return findings;
  }

  private @Nullable Finding judgeBehaviour(
      JudgedBaseline judged,
      ModelDetector known,
      long paneStartMillis,
      PaneCounts counts,
      double sharers) {
    double spend = settings.budget().modelPaneSpend(paneMillis, sharers);
    metrics.budgetSpent.labels("models").inc(spend);
    metrics.budgetSpent.labels("fleet").inc(spend * settings.budget().fleetScale());
    ModelState state = judged.state(known);
    boolean settling = paneStartMillis >= judged.incidentUntilMillis;
    double level = known.step(state, paneStartMillis, paneMillis, counts, spend, settling);
    judged.evidence = NotableEvidence.of(known, state, level, spend);
    boolean isAlarm = level >= 1;
    boolean isNotable = level > 0 && (isAlarm || level >= NotableEvidence.LEAST_PANES * spend);
    List<CauseShare> causes = isNotable ? known.explain(state) : List.of();
    IncidentKind kind = causes.isEmpty() ? null : kindOf(known, state, causes.get(0));
    judged.view.answered(known, paneStartMillis, counts);
    if (spend > 0) {
      EvidenceReading reading = reading(paneStartMillis, paneMillis, level, spend);
      judged.view.behaved(known, state, reading, kind, causes);
    }
    if (!isAlarm || kind == null) {
      return null;
    }
    Finding finding =
        finding(
            judged,
            kind,
            paneStartMillis,
            known.onsetMillis(state),
            level,
            chance(level, spend, paneMillis),
            ChangeEvidence.of(causes));
    known.restart(state);
    judged.incidentUntilMillis = paneEnd(paneStartMillis) + settings.quietPeriod().toMillis();
    return finding;
  }

  /** What to show of evidence; that of an alarm for as long as its incident counts as open. */
  private EvidenceReading reading(long startMillis, long lengthMillis, double level, double spend) {
    long heldUntilMillis = startMillis + lengthMillis + settings.quietPeriod().toMillis();
    return level >= 1
        ? new EvidenceReading(startMillis, level, spend, heldUntilMillis, Map.of())
        : EvidenceReading.of(startMillis, level, spend);
  }

  /** Did the world change, the model, or both? */
  private static IncidentKind kindOf(ModelDetector known, ModelState state, CauseShare leading) {
    double inputs = known.inputShare(state);
    double outputs = known.outputShare(state);
    if (leading.group() == SignalGroup.OPERATION) {
      return leading.signal().startsWith("input.")
          ? IncidentKind.INPUT_DRIFT
          : IncidentKind.OUTPUT_SHIFT;
    }
    if (outputs >= OUTPUTS_ALONE * (inputs + outputs)) {
      return IncidentKind.MODEL_REPLACED;
    }
    return inputs >= outputs ? IncidentKind.INPUT_DRIFT : IncidentKind.OUTPUT_SHIFT;
  }

  private void judgeRate(
      List<Finding> findings,
      JudgedBaseline judged,
      RateBaseline known,
      long paneStartMillis,
      long events,
      double models) {
    RateState state = judged.rate;
    if (state == null) {
      state = NegativeBinomialRate.newState();
      judged.rate = state;
    }
    double spend = settings.budget().silencePaneSpend(settings.pane().toMillis(), models);
    metrics.budgetSpent.labels("silence").inc(spend);
    RateLevels levels = NegativeBinomialRate.step(known, state, paneStartMillis, events, spend);
    List<Evidence> evidence =
        List.of(Evidence.ofRequests(events, known.mean(hourOfDay(paneStartMillis))));
    if (spend > 0) {
      long length = settings.pane().toMillis();
      EvidenceReading up = reading(paneStartMillis, length, levels.up(), spend);
      judged.view.read(IncidentKind.REQUEST_SURGE, up);
      EvidenceReading down = reading(paneStartMillis, length, levels.down(), spend);
      judged.view.read(IncidentKind.SILENCE, down);
    }
    if (levels.up() >= 1) {
      state.restartUp();
      findings.add(
          rateFinding(
              judged, IncidentKind.REQUEST_SURGE, paneStartMillis, levels.up(), spend, evidence));
    }
    if (levels.down() >= 1) {
      state.restartDown();
      findings.add(
          rateFinding(
              judged, IncidentKind.SILENCE, paneStartMillis, levels.down(), spend, evidence));
    }
  }

  private Finding rateFinding(
      JudgedBaseline judged,
      IncidentKind kind,
      long paneStartMillis,
      double level,
      double spend,
      List<Evidence> evidence) {
    long policyMillis = settings.pane().toMillis();
    long lastPane = paneStartMillis + policyMillis - paneMillis;
    return finding(
        judged,
        kind,
        lastPane,
        paneStartMillis,
        level,
        chance(level, spend, policyMillis),
        evidence);
  }

  private static long chance(double level, double spend, long stepMillis) {
    return spend > 0 ? Chance.onceInMillis(level, spend, stepMillis) : Chance.UNKNOWN;
  }

  private static int hourOfDay(long timeMillis) {
    return (int) (Math.floorMod(timeMillis, 86_400_000L) / 3_600_000L);
  }

  private long paneEnd(long paneStartMillis) {
    return paneStartMillis + paneMillis;
  }

  private Finding finding(
      JudgedBaseline judged,
      IncidentKind kind,
      long paneStartMillis,
      long onsetMillis,
      double level,
      long chanceOnceInMillis,
      List<Evidence> evidence) {
    return new Finding(
        "model:" + baseline.model(),
        baseline.model(),
        baseline.version(),
        kind,
        kind.severity(),
        paneEnd(paneStartMillis),
        onsetMillis,
        judged.events,
        level,
        chanceOnceInMillis,
        evidence,
        List.of());
  }
}
