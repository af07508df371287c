package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.policy.Verdict;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.detectors.chat.Adoption;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.NetworkPrefix;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps the evidence of each principal and model, and tells the cohort stage of those who stand
 * out. Hands on what it hears; the events of an accused principal are marked, since they say
 * nothing about the model's world.
 */
final class WatchPrincipals implements WatchedStage {
  /** Of evidence too small to name anybody, only so many steps at once are news. */
  private static final int COARSE_STEPS = 4;

  /** An accused account is looked at again each time that its events have grown this much. */
  private static final double GROWN = 1.5;

  /** How long a key is in its owner's hands at least before it can count as stolen. */
  private static final long HONEST_BEFORE_MILLIS = Duration.ofDays(1).toMillis();

  private static final double WEEK_MILLIS = Duration.ofDays(7).toMillis();

  /** Evidence, as a natural logarithm, below which an account is accused under no circumstances. */
  private static final double LEAST_LOG_EVIDENCE = 3;

  /** Told steps of evidence, to a natural logarithm. */
  private static final int STEPS = 8;

  private final DetectionSettings settings;
  private final AppMetrics metrics;
  private final LearnedParts learned;
  private final WatchedStage next;

  /** How the principals of a model are watched under one baseline. */
  record Watch(String model, PrincipalJudge judge, Tracking tracking) {}

  private final Map<String, Optional<Watch>> watches = new HashMap<>();

  private ProcessorContext<String, Object> context;
  private ObjectStore<TrackedPrincipal> principals;
  private PolicyRegistry policies;
  private PrincipalTable<TrackedPrincipal> table;
  private CommonCauses commonCauses;
  private final CommitPace.Threads threads;
  private CommitPace pace;
  private String partition = "";
  private PrincipalAudit audit;

  @SuppressWarnings("NullAway.Init") // init is called before anything else
  WatchPrincipals(
      DetectionSettings settings,
      AppMetrics metrics,
      LearnedParts learned,
      WatchedStage next,
      CommitPace.Threads threads) {
    this.threads = threads;
    this.learned = learned;
    this.settings = settings;
    this.next = next;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    principals = context.getStateStore(Stores.PRINCIPALS);
    policies = context.getStateStore(Stores.POLICIES);
    ObjectStore<Long> causes = context.getStateStore(Stores.COMMON_CAUSES);
    commonCauses = new CommonCauses(causes, principals);
    pace = new CommitPace(context, threads);
    partition = String.valueOf(context.taskId().partition());
    audit = new PrincipalAudit(principals, watches, metrics, partition);
    ObjectStore<FrequencyBlock> frequencies = context.getStateStore(Stores.NAME_FREQUENCIES);
    ObjectStore<NewNames> newNames = context.getStateStore(Stores.NEW_NAMES);
    table =
        new PrincipalTable<>(
            principals,
            frequencies,
            newNames,
            settings.maximumPrincipals(),
            metrics,
            partition,
            this::tellEvicted);
  }

  @Override
  public void hear(Watched watched) {
    if (watched instanceof Watched.Event event) {
      if (event.asUsual()) {
        judge(event);
      }
    } else if (watched instanceof Watched.TimePassed passed) {
      long watermarkMillis = passed.progress().watermarkMillis();
      table.tick(watermarkMillis).forEach(this::raiseFlood);
      audit.tick(watermarkMillis, context.currentSystemTimeMs());
      commonCauses.review(watermarkMillis, settings.quietPeriod().toMillis());
    } else if (watched instanceof Watched.Moment moment) {
      tell(new CohortMessage.Moment(context.taskId().partition(), moment.timeMillis()));
      return;
    } else if (watched instanceof Watched.BaselineArrived arrived) {
      tell(new CohortMessage.Ready(context.taskId().partition(), arrived.baseline().id()));
    }
    next.hear(watched);
  }

  private void judge(Watched.Event event) {
    BaselineRecord baseline = event.baselines().primary();
    Optional<Watch> known = watches.get(baseline.id());
    if (known == null) {
      known = watchOf(baseline);
      watches.put(baseline.id(), known);
    }
    Watch watch = known.orElse(null);
    if (watch != null && watch(event, baseline, watch)) {
      event.accuse();
    }
  }

  @Override
  public void close() {
    audit.hide();
    metrics.principalsTracked.remove(partition);
  }

  private Optional<Watch> watchOf(BaselineRecord baseline) {
    return PrincipalJudge.of(baseline, learned, settings.budget())
        .map(
            judge ->
                new Watch(
                    baseline.model(),
                    judge,
                    Tracking.of(
                        baseline.id(),
                        judge.expectedPrincipals() / baseline.modelsKnown(),
                        baseline.modelsKnown(),
                        settings)));
  }

  /** Judges an event; true when it is to be left out of what is learned about the model. */
  private boolean watch(Watched.Event watched, BaselineRecord baseline, Watch watch) {
    audit.countEvent();
    InferenceEvent event = watched.event();
    PrincipalJudge judge = watch.judge();
    ObjectStore<TrackedPrincipal>.Slot slot =
        table.find(event.model(), event.principal(), event.timeMillis(), watch.tracking());
    if (slot == null) {
      return false; // it has no place by now
    }
    TrackedPrincipal tracked = trackedIn(slot, event, baseline, judge);
    PrincipalMemory memory = tracked.memory;
    double eventSpend = laterSpend(memory, event.timeMillis(), judge.principalSpend());
    double level = judge.observe(memory, watched.observation(), eventSpend);
    slot.changed();
    long pane = settings.paneStart(event.timeMillis());
    long counted = tracked.isAccusedAt(event.timeMillis()) ? 0 : tracked.countInPane(pane);
    boolean commonCause = commonCauses.isFoundUnder(baseline.id());
    judge.takeAdoption(memory).ifPresent(adoption -> tell(adopted(event, baseline.id(), adoption)));
    boolean alarms =
        level >= 1 && (commonCause || level >= policies.requiredLevel(kind(event, tracked, judge)));
    if (!commonCause) {
      tellStanding(event, tracked, judge, level, alarms);
    }
    if (alarms) {
      if (commonCause) {
        metrics.findingsCommonCause.inc();
      }
      judge.restart(memory);
      tracked.toldStep = TrackedPrincipal.UNTOLD;
      tracked.accusedUntilMillis = event.timeMillis() + settings.quietPeriod().toMillis();
      commonCauses.accused(slot);
      if (counted > 1 && !commonCause) {
        tellCounted(watched, pane, counted - 1);
      }
    }
    return !commonCause && tracked.isAccusedAt(event.timeMillis());
  }

  private TrackedPrincipal trackedIn(
      ObjectStore<TrackedPrincipal>.Slot slot,
      InferenceEvent event,
      BaselineRecord baseline,
      PrincipalJudge judge) {
    TrackedPrincipal known = slot.value();
    if (known != null && known.baselineId.equals(baseline.id())) {
      return known;
    }
    String network = NetworkPrefix.ofEvent(event);
    TrackedPrincipal tracked = new TrackedPrincipal(baseline.id(), network, judge.newMemory());
    slot.set(tracked);
    if (network != null) {
      tell(
          new CohortMessage.Arrived(baseline.id(), event.principal(), network, event.timeMillis()));
    }
    metrics.budgetSpent.labels("principals").inc(judge.principalSpend());
    return tracked;
  }

  /** What was known of a principal that made room stays with its network, as it stood last. */
  private void tellEvicted(String key, TrackedPrincipal tracked) {
    Optional<Watch> watch = watches.getOrDefault(tracked.baselineId, Optional.empty());
    if (watch.isPresent()) {
      PrincipalJudge judge = watch.get().judge();
      double logEvidence = judge.logEvidence(judge.level(tracked.memory));
      tell(
          new CohortMessage.Standing(
              tracked.baselineId,
              key.substring(key.indexOf('\u001f') + 1),
              tracked.network,
              tracked.memory.lastMillis(),
              stepOf(logEvidence) / (double) STEPS,
              false,
              null,
              CohortMessage.Traits.NONE));
    }
  }

  private void raiseFlood(Finding finding) {
    Verdict verdict =
        policies.verdictOn(
            "", finding.kind(), finding.severity(), finding.level(), finding.atMillis());
    if (verdict == Verdict.RAISE) {
      metrics.findings.labels(finding.kind().code()).inc();
      context.forward(
          new Record<>(finding.subject(), finding, context.currentSystemTimeMs()),
          Nodes.FLOOD_FINDINGS);
    } else {
      metrics.findingsDeclared.inc();
    }
  }

  private void tellStanding(
      InferenceEvent event,
      TrackedPrincipal tracked,
      PrincipalJudge judge,
      double level,
      boolean accused) {
    double logEvidence = judge.logEvidence(level);
    int step = stepOf(logEvidence);
    boolean notable = logEvidence >= LEAST_LOG_EVIDENCE;
    boolean isNews =
        notable
            ? step != tracked.toldStep
            : Math.max(step, -1) / COARSE_STEPS != Math.max(tracked.toldStep, -1) / COARSE_STEPS;
    boolean hasGrown =
        tracked.toldEvents > 0 && tracked.memory.events() >= GROWN * tracked.toldEvents;
    if (!accused && !isNews && !hasGrown) {
      return;
    }
    tracked.toldStep = (byte) step;
    boolean nameable = accused || notable || hasGrown;
    if (accused || hasGrown) {
      tracked.toldEvents = tracked.memory.events();
    }
    IncidentKind kind = nameable ? kind(event, tracked, judge) : null;
    if (kind != null && isExplained(event, kind)) {
      if (accused) {
        metrics.findingsDeclared.inc();
      }
      return;
    }
    if (kind == null && tracked.network == null) {
      return; // neither the cohort of a network nor a finding would hear of it
    }
    if (accused) {
      pace.found();
    }
    double wanted = kind == null ? 1 : policies.requiredLevel(kind);
    tell(
        new CohortMessage.Standing(
            tracked.baselineId,
            event.principal(),
            tracked.network,
            event.timeMillis(),
            step / (double) STEPS - Math.log(wanted),
            accused,
            kind == null ? null : finding(event, kind, tracked.memory, judge),
            kind != null ? judge.traits(tracked.memory) : CohortMessage.Traits.NONE));
  }

  /** Whether what the principal is declared as explains such a finding. */
  private boolean isExplained(InferenceEvent event, IncidentKind kind) {
    Verdict verdict =
        policies.verdictOn(
            event.principal(),
            kind,
            Severity.CRITICAL,
            Double.POSITIVE_INFINITY,
            event.timeMillis());
    return verdict == Verdict.EXPLAINED_BY_ROLE;
  }

  /**
   * What the principal seems to be after. One that turns after a long honest time, and asks from
   * another network than at first, is more likely to have lost its key.
   */
  private static IncidentKind kind(
      InferenceEvent event, TrackedPrincipal tracked, PrincipalJudge judge) {
    PrincipalMemory memory = tracked.memory;
    boolean turned = memory.onsetMillis() - memory.firstMillis() >= HONEST_BEFORE_MILLIS;
    String network = turned ? NetworkPrefix.ofEvent(event) : null;
    return network != null && tracked.network != null && !network.equals(tracked.network)
        ? IncidentKind.STOLEN_KEY
        : judge.kind(memory);
  }

  /** Evidence in steps, rounded down, so that what is told is never more than there is. */
  private static int stepOf(double logEvidence) {
    return (int)
        Math.max(
            TrackedPrincipal.UNTOLD, Math.min(Byte.MAX_VALUE, Math.floor(logEvidence * STEPS)));
  }

  private static Finding finding(
      InferenceEvent event, IncidentKind kind, PrincipalMemory memory, PrincipalJudge judge) {
    return new Finding(
        "principal:" + event.principal(),
        event.model(),
        event.version(),
        kind,
        kind.severity(),
        event.timeMillis(),
        memory.onsetMillis(),
        memory.events(),
        judge.level(memory),
        judge.reasons(memory));
  }

  private static CohortMessage.Adopted adopted(
      InferenceEvent event, String baselineId, Adoption adoption) {
    return new CohortMessage.Adopted(
        baselineId, event.principal(), event.org(), event.timeMillis(), adoption);
  }

  private void tell(CohortMessage message) {
    context.forward(new Record<>("", message, context.currentSystemTimeMs()), Nodes.COHORT_REPORTS);
  }

  private void tellCounted(Watched.Event watched, long pane, long events) {
    Watched.Accused accused =
        new Watched.Accused(
            watched.baselines(),
            watched.event().version(),
            pane,
            watched.event().timeMillis(),
            events);
    next.hear(accused);
  }

  /**
   * A principal that is tracked for more than a week spends its share again, bit by bit, in each
   * further week.
   */
  private static double laterSpend(PrincipalMemory state, long timeMillis, double principalSpend) {
    if (state.events() == 0 || timeMillis - state.firstMillis() <= WEEK_MILLIS) {
      return 0;
    }
    return principalSpend * Math.max(0, timeMillis - state.lastMillis()) / WEEK_MILLIS;
  }
}
