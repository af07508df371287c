package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Severity;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.baseline.BaselineRegistry;
import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.policy.PolicyRegistry;
import io.inferwarden.app.policy.Verdict;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.detectors.cohort.AdoptionBursts;
import io.inferwarden.detectors.cohort.Burst;
import io.inferwarden.detectors.cohort.PrefixCohort;
import io.inferwarden.detectors.cohort.RegisteredUse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Hears of all accounts that stand out, in the order of event time, and decides which are accused:
 * each for itself, as part of its network, or since it acts like a campaign that is known. One
 * campaign is one subject, with its members.
 */
final class JudgeCohorts implements Processor<String, CohortMessage, String, Finding> {
  /** Networks that are remembered, over all models. */
  private static final int MOST_NETWORKS = 500_000;

  private final DetectionSettings settings;
  private final AppMetrics metrics;
  private final LearnedParts learned;
  private final Map<String, Optional<PrincipalJudge>> judges = new HashMap<>();
  private ProcessorContext<String, Finding> context;
  private final CommitPace.Threads threads;
  private CommitPace pace;
  private BaselineRegistry baselines;
  private PolicyRegistry policies;
  private PendingReports pending;
  private ObjectStore<PrefixCohort> networks;
  private ObjectStore<ModelCampaigns> campaigns;
  private ObjectStore<ModelBursts> bursts;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  JudgeCohorts(
      DetectionSettings settings,
      AppMetrics metrics,
      LearnedParts learned,
      CommitPace.Threads threads) {
    this.threads = threads;
    this.learned = learned;
    this.settings = settings;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Finding> processorContext) {
    context = processorContext;
    pace = new CommitPace(context, threads);
    baselines = context.getStateStore(Stores.BASELINES);
    policies = context.getStateStore(Stores.POLICIES);
    networks = context.getStateStore(Stores.NETWORKS);
    campaigns = context.getStateStore(Stores.CAMPAIGNS);
    bursts = context.getStateStore(Stores.BURSTS);
    ObjectStore<Long> progress = context.getStateStore(Stores.COHORT_PROGRESS);
    ObjectStore<CohortMessage.Report> kept = context.getStateStore(Stores.COHORT_PENDING);
    pending = new PendingReports(progress, kept, settings.eventPartitions());
  }

  @Override
  public void process(Record<String, CohortMessage> record) {
    pending.accept(record.value(), this::hear);
  }

  private void hear(CohortMessage.Report report) {
    PrincipalJudge judge = judgeOf(report.baselineId());
    if (judge == null) {
      return; // its baseline was replaced, and the evidence begins anew
    }
    if (report instanceof CohortMessage.Arrived arrived) {
      arrive(arrived, judge);
    } else if (report instanceof CohortMessage.Standing standing) {
      judge(standing, judge);
    } else if (report instanceof CohortMessage.Adopted adopted) {
      adopt(adopted, judge);
    }
  }

  private @Nullable PrincipalJudge judgeOf(String baselineId) {
    Optional<PrincipalJudge> known = judges.get(baselineId);
    if (known == null) {
      BaselineRecord baseline = baselines.withId(baselineId);
      if (baseline == null) {
        return null;
      }
      known = PrincipalJudge.of(baseline, learned, settings.budget());
      judges.put(baselineId, known);
    }
    return known.orElse(null);
  }

  private void arrive(CohortMessage.Arrived arrived, PrincipalJudge judge) {
    ObjectStore<PrefixCohort>.Slot slot = networkOf(arrived.baselineId(), arrived.network());
    PrefixCohort network = slot == null ? null : slot.value();
    if (slot != null && network != null) {
      if (network.accounts() == 0) {
        spend(settings.budget().networkSpend(judge.expectedPrincipals(), judge.hearsWordings()));
      }
      network.meet();
      slot.changed();
    }
  }

  private ObjectStore<PrefixCohort>.@Nullable Slot networkOf(
      String baselineId, @Nullable String network) {
    if (network == null) {
      return null;
    }
    ObjectStore<PrefixCohort>.Slot slot = networks.slot(baselineId + '\u001f' + network);
    if (slot.value() == null) {
      slot.set(new PrefixCohort());
      forgetNetworksOfOne();
    }
    return slot;
  }

  /** Networks of a single account hold nothing that the account does not. */
  private void forgetNetworksOfOne() {
    if (networks.size() <= MOST_NETWORKS) {
      return;
    }
    for (String key : networks.sortedKeys()) {
      PrefixCohort network = networks.get(key);
      if (network != null && network.accounts() == 1) {
        networks.delete(key);
      }
    }
  }

  private void judge(CohortMessage.Standing standing, PrincipalJudge judge) {
    Finding finding = standing.finding();
    double ownBar = -Math.log(judge.principalSpend());
    double networkBar = networkBar(standing, judge, ownBar);
    if (finding == null) {
      return;
    }
    ObjectStore<ModelCampaigns>.Slot slot = campaigns.slot(standing.baselineId());
    ModelCampaigns model = campaignsIn(slot, judge);
    List<Finding> told = model.hear(standing, finding, ownBar, networkBar);
    if (model.isAccused(standing.principal())) {
      slot.changed(); // it was counted, also where there is nothing to tell
    }
    if (!told.isEmpty()) {
      rememberAccused(standing);
      told.forEach(this::raise);
    }
  }

  private static ModelCampaigns campaignsIn(
      ObjectStore<ModelCampaigns>.Slot slot, PrincipalJudge judge) {
    ModelCampaigns model = slot.value();
    if (model == null) {
      model = new ModelCampaigns();
      slot.set(model);
    }
    if (!model.isGrouped()) {
      model.groupBy(judge.newGrouping());
    }
    return model;
  }

  private void adopt(CohortMessage.Adopted adopted, PrincipalJudge judge) {
    BaselineRecord baseline = baselines.withId(adopted.baselineId());
    ObjectStore<ModelBursts>.Slot slot = bursts.slot(adopted.baselineId());
    ModelBursts model = slot.value();
    if (model == null) {
      model = new ModelBursts();
    }
    slot.set(model);
    double spend = settings.budget().wordingSpend(judge.expectedPrincipals(), AdoptionBursts.KEYS);
    List<Burst> told =
        model
            .open(spend, new RegisteredUse(policies.registeredOrganisations()))
            .hear(BurstFindings.heard(adopted));
    spend(spend * AdoptionBursts.KEYS);
    for (Burst burst : told) {
      if (baseline != null) {
        tell(burst, BurstFindings.of(burst, baseline, adopted.timeMillis()), adopted, judge);
      }
    }
  }

  private void tell(
      Burst burst, Finding finding, CohortMessage.Adopted adopted, PrincipalJudge judge) {
    Set<String> accounts = new TreeSet<>(burst.lateJoiners());
    burst.members().forEach(member -> accounts.add(member.account()));
    accounts.removeIf(account -> isExplained(account, finding));
    if (!burst.kind().accuses()) {
      raise(finding);
    } else if (accounts.size() > 1) {
      ObjectStore<ModelCampaigns>.Slot slot = campaigns.slot(adopted.baselineId());
      raise(campaignsIn(slot, judge).hear(burst, accounts, finding));
      slot.changed();
    }
  }

  private boolean isExplained(String account, Finding finding) {
    Verdict verdict =
        policies.verdictOn(
            account,
            finding.kind(),
            Severity.CRITICAL,
            Double.POSITIVE_INFINITY,
            finding.atMillis());
    return verdict == Verdict.EXPLAINED_BY_ROLE;
  }

  /** Log evidence at which the network of an account accuses it. */
  private double networkBar(CohortMessage.Standing standing, PrincipalJudge judge, double ownBar) {
    ObjectStore<PrefixCohort>.Slot slot = networkOf(standing.baselineId(), standing.network());
    PrefixCohort network = slot == null ? null : slot.value();
    if (slot == null || network == null) {
      return Double.POSITIVE_INFINITY;
    }
    double logEvidence =
        standing.accused() ? Math.max(ownBar, standing.logEvidence()) : standing.logEvidence();
    network.report(
        standing.principal(),
        logEvidence,
        -Math.log(
            settings.budget().networkSpend(judge.expectedPrincipals(), judge.hearsWordings())));
    slot.changed();
    return network.bar();
  }

  private void rememberAccused(CohortMessage.Standing standing) {
    ObjectStore<PrefixCohort>.Slot slot = networkOf(standing.baselineId(), standing.network());
    PrefixCohort network = slot == null ? null : slot.value();
    if (network != null) {
      network.accuse(standing.principal());
    }
  }

  private void spend(double falseAlarms) {
    metrics.budgetSpent.labels("campaigns").inc(falseAlarms);
  }

  private void raise(Finding finding) {
    Verdict verdict =
        policies.verdictOn(
            "", finding.kind(), finding.severity(), Double.POSITIVE_INFINITY, finding.atMillis());
    if (verdict != Verdict.RAISE) {
      metrics.findingsDeclared.inc();
      return;
    }
    metrics.findings.labels(finding.kind().code()).inc();
    context.forward(
        new Record<>(finding.subject(), finding, context.currentSystemTimeMs()),
        Nodes.COHORT_FINDINGS);
    pace.found();
  }
}
