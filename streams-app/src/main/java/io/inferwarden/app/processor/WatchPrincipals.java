package io.inferwarden.app.processor;

import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
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
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps the evidence of each principal and model, and raises a finding when it passes the
 * principal's budget. Hands on what it hears; the events of an accused principal are marked, since
 * they say nothing about the model's world.
 */
final class WatchPrincipals implements Processor<String, Object, String, Object> {
  private static final double WEEK_MILLIS = Duration.ofDays(7).toMillis();
  private static final int REASONS = 4;

  /** What judges the principals of one model. */
  private record Judge(
      PrincipalBaseline baseline, PrincipalDetector detector, double principalSpend) {}

  private final DetectionSettings settings;
  private final AppMetrics metrics;
  private final String nextNode;
  private final Map<String, Optional<Judge>> judges = new HashMap<>();
  private ProcessorContext<String, Object> context;
  private ObjectStore<TrackedPrincipal> principals;
  private PolicyRegistry policies;
  private PrincipalBound bound;
  private CommonCauses commonCauses;
  private String partition = "";

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  WatchPrincipals(DetectionSettings settings, AppMetrics metrics, String nextNode) {
    this.settings = settings;
    this.nextNode = nextNode;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    principals = context.getStateStore(Stores.PRINCIPALS);
    policies = context.getStateStore(Stores.POLICIES);
    bound = new PrincipalBound(principals);
    ObjectStore<Long> causes = context.getStateStore(Stores.COMMON_CAUSES);
    commonCauses = new CommonCauses(causes);
    partition = String.valueOf(context.taskId().partition());
  }

  @Override
  public void process(Record<String, Object> record) {
    Object handedOn = record.value();
    if (record.value() instanceof Watched.Event watched && watched.asUsual()) {
      BaselineRecord baseline = watched.baselines().primary();
      Judge judge = judges.computeIfAbsent(baseline.id(), id -> judgeOf(baseline)).orElse(null);
      if (judge != null && watch(watched, baseline, judge)) {
        handedOn = watched.byAccused();
      }
    } else if (record.value() instanceof Watched.TimePassed passed) {
      bound.enforce();
      commonCauses.review(
          principals, passed.progress().watermarkMillis(), settings.quietPeriod().toMillis());
      metrics.principalsTracked.labels(partition).set(principals.size());
    }
    context.forward(new Record<>("", handedOn, record.timestamp()), nextNode);
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

  /** Judges an event; true when it is to be left out of what is learned about the model. */
  private boolean watch(Watched.Event watched, BaselineRecord baseline, Judge judge) {
    InferenceEvent event = watched.event();
    ObjectStore<TrackedPrincipal>.Slot slot = slotOf(event, baseline, judge);
    TrackedPrincipal tracked = Objects.requireNonNull(slot.value());
    PrincipalState state = tracked.state;
    double eventSpend = laterSpend(state, event.timeMillis(), judge.principalSpend());
    double level =
        judge.detector().observe(state, watched.observation(), judge.principalSpend(), eventSpend);
    slot.changed();
    long pane = settings.paneStart(event.timeMillis());
    long counted = tracked.isAccusedAt(event.timeMillis()) ? 0 : tracked.countInPane(pane);
    boolean commonCause = commonCauses.isFoundUnder(baseline.id());
    if (level >= 1) {
      raise(event, state, judge.detector(), level, commonCause);
      judge.detector().restart(state);
      tracked.accusedUntilMillis = event.timeMillis() + settings.quietPeriod().toMillis();
      if (counted > 1 && !commonCause) {
        tellCounted(watched, pane, counted - 1);
      }
    }
    return !commonCause && tracked.isAccusedAt(event.timeMillis());
  }

  private ObjectStore<TrackedPrincipal>.Slot slotOf(
      InferenceEvent event, BaselineRecord baseline, Judge judge) {
    ObjectStore<TrackedPrincipal>.Slot slot =
        principals.slot(event.model() + '\u001f' + event.principal());
    TrackedPrincipal tracked = slot.value();
    if (tracked == null || !tracked.baselineId.equals(baseline.id())) {
      slot.set(new TrackedPrincipal(baseline.id(), judge.baseline().newState()));
      metrics.budgetSpent.labels("principals").inc(judge.principalSpend());
      metrics.principalsTracked.labels(partition).set(principals.size());
    }
    return slot;
  }

  private void tellCounted(Watched.Event watched, long pane, long events) {
    Watched.Accused accused =
        new Watched.Accused(
            watched.baselines(),
            watched.event().version(),
            pane,
            watched.event().timeMillis(),
            events);
    context.forward(new Record<>("", accused, context.currentSystemTimeMs()), nextNode);
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
      InferenceEvent event,
      PrincipalState state,
      PrincipalDetector detector,
      double level,
      boolean commonCause) {
    if (commonCause) {
      metrics.findingsCommonCause.inc();
      return;
    }
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
            Evidence.ofPrincipal(
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
