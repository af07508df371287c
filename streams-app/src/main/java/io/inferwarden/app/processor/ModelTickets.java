package io.inferwarden.app.processor;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.detectors.model.ModelDetector;
import io.inferwarden.detectors.model.ModelState;
import io.inferwarden.detectors.model.SlowDrift;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of a model though nobody need wake up for it: it cannot be judged, its usual
 * has moved, its budget is not kept. Each is told when it begins and once a day while it lasts.
 */
final class ModelTickets {
  private static final long DAY_MILLIS = 86_400_000;
  private static final int REASONS = 4;

  /** One thing to be told, before it is a finding. */
  record Ticket(IncidentKind kind, double level, List<Evidence> evidence) {}

  private final DetectionSettings settings;
  private final BaselineRecord baseline;

  ModelTickets(DetectionSettings settings, BaselineRecord baseline) {
    this.settings = settings;
    this.baseline = baseline;
  }

  /**
   * What is to be told after a pane was judged.
   *
   * @param detector null when the baseline knows nothing of inputs and outputs
   * @param isRateWatched whether the baseline knows how many requests are usual
   */
  List<Ticket> after(
      JudgedBaseline judged,
      long paneStartMillis,
      @Nullable ModelDetector detector,
      boolean isRateWatched) {
    List<Ticket> tickets = new ArrayList<>();
    boolean isNewDay =
        Math.floorDiv(paneStartMillis, DAY_MILLIS) != Math.floorDiv(judged.toldMillis, DAY_MILLIS);
    if (isNewDay && baseline.primary() && (detector == null || !isRateWatched)) {
      tickets.add(blind(detector == null));
    }
    if (detector != null) {
      ModelState state = judged.state(detector);
      boolean suspended = state.isPromiseSuspended();
      if (suspended && (isNewDay || !judged.promiseSuspended)) {
        tickets.add(suspended(state));
      }
      judged.promiseSuspended = suspended;
      if (isNewDay) {
        addSlowDrift(tickets, judged, detector.slowDrifts(state, settings.tolerancePsi()));
      }
    }
    judged.toldMillis = paneStartMillis;
    return tickets;
  }

  private Ticket blind(boolean isBehaviour) {
    String subject = isBehaviour ? "inputs and outputs" : "requests";
    String prefix = isBehaviour ? "behaviour: " : "rate: ";
    String reason =
        baseline.notes().stream()
            .filter(note -> note.startsWith(prefix))
            .map(note -> note.substring(prefix.length()))
            .findFirst()
            .orElse("the baseline knows nothing of them");
    String sentence = subject + " are not watched: " + reason;
    Evidence evidence = new Evidence(subject, 1, "not watched", Double.NaN, Double.NaN, sentence);
    return new Ticket(IncidentKind.BLIND, 0, List.of(evidence));
  }

  private static Ticket suspended(ModelState state) {
    List<String> signals = state.violatedSignals();
    double share = 1.0 / Math.max(1, signals.size());
    List<Evidence> evidence = new ArrayList<>();
    for (String signal : signals.subList(0, Math.min(REASONS, signals.size()))) {
      String sentence = signal + ": quiet panes differ by more than its baseline allows for";
      evidence.add(
          new Evidence(
              signal, share, "varies more than learned", Double.NaN, Double.NaN, sentence));
    }
    if (evidence.isEmpty()) {
      String sentence =
          String.format(
              Locale.ROOT,
              "all signals together: the evidence factor of quiet panes has a mean of %.2f, where at"
                  + " most 1 is right",
              state.meanLikelihoodRatio());
      evidence.add(
          new Evidence(
              "all signals", 1, "mean evidence above 1", Double.NaN, Double.NaN, sentence));
    }
    return new Ticket(IncidentKind.PROMISE_SUSPENDED, state.meanLikelihoodRatio(), evidence);
  }

  private void addSlowDrift(List<Ticket> tickets, JudgedBaseline judged, List<SlowDrift> drifts) {
    double largest = drifts.stream().mapToDouble(SlowDrift::excess).max().orElse(0);
    judged.view.drifted(largest);
    List<SlowDrift> certain =
        drifts.stream()
            .filter(SlowDrift::isCertain)
            .sorted(Comparator.comparingDouble(SlowDrift::excess).reversed())
            .toList();
    if (certain.isEmpty()) {
      return;
    }
    double total = certain.stream().mapToDouble(SlowDrift::excess).sum();
    List<Evidence> evidence = new ArrayList<>();
    for (SlowDrift drift : certain.subList(0, Math.min(REASONS, certain.size()))) {
      evidence.add(ChangeEvidence.of(drift.signal(), drift.excess() / total, drift.change()));
    }
    double level = certain.get(0).excess() / settings.tolerancePsi();
    tickets.add(new Ticket(IncidentKind.SLOW_DRIFT, level, evidence));
  }
}
