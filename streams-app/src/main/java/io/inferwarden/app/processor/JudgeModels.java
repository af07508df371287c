package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.baseline.BaselineRegistry;
import io.inferwarden.app.baseline.ModelBaselines;
import io.inferwarden.app.message.FleetMessage;
import io.inferwarden.app.message.PaneMessage;
import io.inferwarden.app.message.Progress;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.release.DeclaredReleases;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.state.StateReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Merges the pane summaries of all partitions and judges each pane once it is complete: drift of
 * inputs, shift of outputs, silence.
 */
final class JudgeModels implements Processor<String, PaneMessage, String, FleetMessage> {
  private static final Duration LOOK_FOR_BASELINES = Duration.ofMillis(250);

  private final DetectionSettings settings;
  private final AppMetrics metrics;
  private final LearnedParts learned;
  private final CommitPace.Threads threads;
  private final Map<String, PaneJudge> judges = new HashMap<>();
  private final Map<String, VersionJudge> versionJudges = new HashMap<>();
  private ProcessorContext<String, FleetMessage> context;
  private BaselineRegistry registry;
  private DeclaredReleases declared;
  private ObjectStore<JudgedBaseline> judgedBaselines;
  private Progresses progresses;
  private FleetReports reports;
  private ModelGauges gauges;
  private long seenRevision = -1;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  JudgeModels(
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
  public void init(ProcessorContext<String, FleetMessage> processorContext) {
    context = processorContext;
    registry = context.getStateStore(Stores.BASELINES);
    declared = context.getStateStore(Stores.DECLARED_RELEASES);
    seenRevision = -1;
    judgedBaselines = context.getStateStore(Stores.MODELS);
    ObjectStore<Long> progress = context.getStateStore(Stores.PANE_PROGRESS);
    progresses = new Progresses(progress, settings.eventPartitions());
    reports = new FleetReports(context, metrics, threads);
    gauges = new ModelGauges(metrics);
    threads.callEvery(LOOK_FOR_BASELINES, context, now -> judgeWhenNewBaselines());
  }

  @Override
  public void process(Record<String, PaneMessage> record) {
    PaneMessage message = record.value();
    if (message instanceof Progress progress) {
      if (progresses.accept(progress)) {
        judgeAll();
        reports.judgedUntil(progresses.watermarkMillis(), activeUntilMillis());
      }
    } else if (message instanceof PaneMessage.Summary summary) {
      accept(summary);
    } else if (message instanceof PaneMessage.Ready ready) {
      ObjectStore<JudgedBaseline>.Slot slot = slot(ready.model(), ready.baselineId());
      slot.set(judgedOf(slot, ready.model(), ready.baselineId()));
      judgedOf(slot, ready.model(), ready.baselineId()).readyPartitions.set(ready.partition());
      judge(slot);
      reports.judgedMoreUntil(progresses.watermarkMillis(), activeUntilMillis());
    }
  }

  private long activeUntilMillis() {
    long latest = progresses.latestActivePaneMillis();
    return latest == Long.MIN_VALUE ? latest : latest + settings.pane().toMillis();
  }

  private void accept(PaneMessage.Summary summary) {
    ObjectStore<JudgedBaseline>.Slot slot = slot(summary.model(), summary.baselineId());
    JudgedBaseline judged = judgedOf(slot, summary.model(), summary.baselineId());
    PaneCounts counts = PaneCounts.readFrom(new StateReader(summary.counts()));
    ReleaseCounts outputs = ReleaseCounts.of(summary.outputs());
    if (summary.paneStartMillis() < judged.nextPaneMillis) {
      metrics.eventsLate.inc((double) Math.max(counts.inputEvents(), outputs.events()));
      return;
    }
    judged.merge(summary.paneStartMillis(), counts, outputs, summary.tainted(), summary.leftOut());
    slot.set(judged);
    judge(slot);
    reports.judgedMoreUntil(progresses.watermarkMillis(), activeUntilMillis());
  }

  private ObjectStore<JudgedBaseline>.Slot slot(String model, String baselineId) {
    return judgedBaselines.slot(model + '\u001f' + baselineId);
  }

  private static JudgedBaseline judgedOf(
      ObjectStore<JudgedBaseline>.Slot slot, String model, String baselineId) {
    JudgedBaseline known = slot.value();
    return known == null ? new JudgedBaseline(model, baselineId) : known;
  }

  private void judgeWhenNewBaselines() {
    if (registry.revision() != seenRevision) {
      seenRevision = registry.revision();
      judgeAll();
      reports.judgedMoreUntil(progresses.watermarkMillis(), activeUntilMillis());
    }
  }

  private void judgeAll() {
    for (String key : judgedBaselines.sortedKeys()) {
      judge(judgedBaselines.slot(key));
    }
  }

  /** Judges the complete panes of one baseline, in their order; those without events, too. */
  private void judge(ObjectStore<JudgedBaseline>.Slot slot) {
    JudgedBaseline judged = slot.value();
    if (judged == null || judged.readyPartitions.cardinality() < settings.eventPartitions()) {
      return;
    }
    ModelBaselines known = registry.of(judged.model);
    BaselineRecord baseline = known == null ? null : known.withId(judged.baselineId);
    if (known == null || baseline == null) {
      return;
    }
    if (!baseline.id().equals(known.primary().id())) {
      judge(slot(judged.model, known.primary().id())); // it knows how the budget is split
    }
    PaneJudge judge =
        judges.computeIfAbsent(
            baseline.id(), id -> new PaneJudge(settings, metrics, learned, baseline));
    VersionJudge versions =
        versionJudges.computeIfAbsent(
            baseline.id(),
            id ->
                new VersionJudge(
                    settings, baseline, judge.detector(), judge.paneMillis(), declared));
    if (judged.nextPaneMillis == Long.MIN_VALUE) {
      judged.nextPaneMillis = firstPane(judged, baseline);
      judged.coveredFromMillis = coveredFrom(judged, baseline);
      slot.changed();
    }
    long watermark = progresses.watermarkMillis();
    long paneMillis = judge.paneMillis();
    boolean isNews = false;
    while (judged.nextPaneMillis + paneMillis <= watermark) {
      long pane = judged.nextPaneMillis;
      JudgedBaseline.PendingPane counts = judged.pending.remove(pane);
      if (counts != null || progresses.isActive(settings.paneStart(pane))) {
        judged.evidence = null;
        List<Finding> findings = new ArrayList<>();
        if (counts != null) {
          judged.view.served(pane, counts.outputs);
          findings.addAll(versions.judge(judged.versions, pane, counts));
        }
        double models = progresses.modelsBefore(pane, judged.model, settings.weights());
        double sharers = models * liveVersions(judged.model, known.primary(), pane);
        findings.addAll(judge.judge(judged, pane, counts, models, sharers));
        reports.tell(judged, pane + paneMillis, findings);
        judged.view.judged(pane);
        isNews = true;
      }
      judged.nextPaneMillis += paneMillis;
      slot.changed();
    }
    if (isNews) {
      gauges.show(judged, known.primary().id());
    }
  }

  private int liveVersions(String model, BaselineRecord primary, long paneStartMillis) {
    JudgedBaseline first = slot(model, primary.id()).value();
    return first == null ? 1 : first.versions.liveVersionsAt(paneStartMillis);
  }

  /**
   * The first pane that was counted under the baseline from its beginning. A baseline that was
   * promoted later than it was learned has no counts of the time between: that is not silence.
   */
  private long firstPane(JudgedBaseline judged, BaselineRecord baseline) {
    long learned = settings.paneStart(baseline.learnedUntilMillis());
    long watermark = progresses.watermarkMillis();
    if (!judged.pending.isEmpty()) {
      return Math.max(learned, judged.pending.firstKey());
    }
    long pane = settings.pane().toMillis();
    return watermark < learned + pane ? learned : settings.paneStart(watermark) + pane;
  }

  /** From when on all events were counted: those of a baseline learned here waited for it. */
  private long coveredFrom(JudgedBaseline judged, BaselineRecord baseline) {
    return baseline.origin().equals(LearnBaselines.ORIGIN)
        ? judged.nextPaneMillis
        : settings.paneStart(progresses.watermarkMillis()) + settings.pane().toMillis();
  }

  @Override
  public void close() {
    gauges.close();
  }
}
