package io.inferwarden.app.processor;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.app.AppMetrics;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.app.topology.DetectionSettings;
import io.inferwarden.app.topology.Nodes;
import io.inferwarden.app.topology.Stores;
import io.inferwarden.detectors.principal.PrincipalBaseline;
import io.inferwarden.detectors.principal.PrincipalDetector;
import io.inferwarden.detectors.principal.PrincipalState;
import io.inferwarden.detectors.principal.SignalShare;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.ingest.InferenceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps the evidence of each principal and model, and raises a finding when it passes the
 * principal's budget.
 */
final class WatchPrincipals implements Processor<String, Object, String, Finding> {
  private static final double WEEK_MILLIS = Duration.ofDays(7).toMillis();
  private static final int REASONS = 4;

  /** What judges the principals of one model. */
  private record Judge(
      PrincipalBaseline baseline, PrincipalDetector detector, double principalSpend) {}

  private final DetectionSettings settings;
  private final AppMetrics metrics;
  private final Map<String, Optional<Judge>> judges = new HashMap<>();
  private ProcessorContext<String, Finding> context;
  private ObjectStore<TrackedPrincipal> principals;
  private PolicyRegistry policies;
  private PrincipalBound bound;
  private String partition = "";

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  WatchPrincipals(DetectionSettings settings, AppMetrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Finding> processorContext) {
    context = processorContext;
    principals = context.getStateStore(Stores.PRINCIPALS);
    policies = context.getStateStore(Stores.POLICIES);
    bound = new PrincipalBound(principals);
    partition = String.valueOf(context.taskId().partition());
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof Watched.Event watched && watched.asUsual()) {
      BaselineRecord baseline = watched.baselines().primary();
      judges
          .computeIfAbsent(baseline.id(), id -> judgeOf(baseline))
          .ifPresent(judge -> watch(watched, baseline, judge));
    } else if (record.value() instanceof Watched.TimePassed) {
      bound.enforce();
      metrics.principalsTracked.labels(partition).set(principals.size());
    }
  }

  private Optional<Judge> judgeOf(BaselineRecord baseline) {
    byte[] learned = baseline.principals();
    if (learned == null) {
      return Optional.empty();
    }
    PrincipalBaseline principalBaseline = PrincipalBaseline.readFrom(new StateReader(learned));
    double expected =
        Math.max(1, principalBaseline.expectedPrincipalsPerWeek()) * baseline.modelsKnown();
    return Optional.of(
        new Judge(
            principalBaseline,
            new PrincipalDetector(principalBaseline),
            settings.budget().principalSpend(expected)));
  }

  private void watch(Watched.Event watched, BaselineRecord baseline, Judge judge) {
    InferenceEvent event = watched.event();
    ObjectStore<TrackedPrincipal>.Slot slot =
        principals.slot(event.model() + '\u001f' + event.principal());
    TrackedPrincipal tracked = slot.value();
    if (tracked == null || !tracked.baselineId().equals(baseline.id())) {
      tracked = new TrackedPrincipal(baseline.id(), judge.baseline().newState());
      slot.set(tracked);
      metrics.budgetSpent.labels("principals").inc(judge.principalSpend());
    }
    PrincipalState state = tracked.state();
    double eventSpend = laterSpend(state, event.timeMillis(), judge.principalSpend());
    double level =
        judge.detector().observe(state, watched.observation(), judge.principalSpend(), eventSpend);
    slot.changed();
    if (level >= 1) {
      raise(event, state, judge.detector(), level);
      judge.detector().restart(state);
    }
  }

  /**
   * A principal that is tracked for more than a week spends its share again, bit by bit, in each
   * further week.
   */
  private static double laterSpend(PrincipalState state, long timeMillis, double principalSpend) {
    if (state.events() == 0 || timeMillis - state.firstMillis() <= WEEK_MILLIS) {
      return 0;
    }
    return principalSpend * Math.max(0, timeMillis - state.lastMillis()) / WEEK_MILLIS;
  }

  private void raise(
      InferenceEvent event, PrincipalState state, PrincipalDetector detector, double level) {
    if (policies.isDeclared(event.principal())) {
      metrics.findingsDeclared.inc();
      return;
    }
    metrics.findings.labels(IncidentKind.EXTRACTION.code()).inc();
    String subject = "principal:" + event.principal();
    Finding finding =
        new Finding(
            subject,
            event.model(),
            event.version(),
            IncidentKind.EXTRACTION,
            Severity.HIGH,
            event.timeMillis(),
            state.onsetMillis(),
            state.events(),
            level,
            reasons(detector.explain(state)));
    context.forward(
        new Record<>(subject, finding, context.currentSystemTimeMs()), Nodes.PRINCIPAL_FINDINGS);
  }

  private static List<Evidence> reasons(List<SignalShare> shares) {
    List<Evidence> reasons = new ArrayList<>();
    for (SignalShare share : shares) {
      if (reasons.size() < REASONS && !share.excesses().isEmpty()) {
        SignalShare.BinExcess bin = share.excesses().get(0);
        reasons.add(
            Evidence.of(
                share.signal(),
                share.share(),
                bin.description(),
                bin.expectedProbability(),
                bin.observedShare()));
      }
    }
    return reasons;
  }
}
