package io.inferwarden.app.processor;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.baseline.BaselineRegistry;
import io.inferwarden.app.baseline.ModelBaselines;
import io.inferwarden.app.message.LearningMessage;
import io.inferwarden.app.message.Progress;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.observation.EventObservation;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.ingest.InferenceEvent;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Joins each event with the baselines of its model. While there is none, the event is offered to
 * the learning sample and waits. Also the partition's clock: it says when a pane is over.
 */
final class AwaitBaseline implements Processor<String, Object, String, Object> {
  /** How often a partition says how far it has come, and looks for new baselines. */
  private static final Duration LOOK_AROUND = Duration.ofMillis(50);

  /** A thread that looks less often than this was busy, and is not known to be idle for longer. */
  private static final long LONGEST_LOOK_MILLIS = 400;

  private final DetectionSettings settings;
  private final AppMetrics metrics;
  private final ModelEventCounts counts;
  private final InstanceActivity activity;
  private final String nextNode;
  private final EventObservation observation;
  private final InferenceEvent waitedEvent = new InferenceEvent();
  private ProcessorContext<String, Object> context;
  private BaselineRegistry registry;
  private PartitionClock clock;
  private LearningSampler sampler;
  private WaitingEvents waiting;
  private ObjectStore<Long> inUse;
  private long seenRevision = -1;
  private long idleMillis;
  private long lastLookMillis;
  private long toldMoment = Long.MIN_VALUE;
  private int partition;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  AwaitBaseline(
      DetectionSettings settings, AppMetrics metrics, InstanceActivity activity, String nextNode) {
    this.activity = activity;
    this.settings = settings;
    this.metrics = metrics;
    this.counts = new ModelEventCounts(metrics);
    this.nextNode = nextNode;
    this.observation = new EventObservation(waitedEvent);
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    partition = context.taskId().partition();
    registry = context.getStateStore(Stores.BASELINES);
    ObjectStore<PartitionClock.State> clockStore = context.getStateStore(Stores.PARTITION_CLOCK);
    clock = new PartitionClock(settings, clockStore);
    ObjectStore<LearningPanes> panes = context.getStateStore(Stores.LEARNING_PANES);
    ObjectStore<Long> principals = context.getStateStore(Stores.LEARNING_PRINCIPALS);
    sampler = new LearningSampler(settings, panes, principals);
    ObjectStore<WaitingEvents.Waiting> waitingStore = context.getStateStore(Stores.WAITING_EVENTS);
    waiting = new WaitingEvents(waitingStore, settings.maximumWaiting());
    inUse = context.getStateStore(Stores.BASELINES_IN_USE);
    seenRevision = -1;
    lastLookMillis = context.currentSystemTimeMs();
    context.schedule(LOOK_AROUND, PunctuationType.WALL_CLOCK_TIME, this::lookAround);
  }

  @Override
  public void process(Record<String, Object> record) {
    InferenceEvent event = (InferenceEvent) record.value();
    counts.count(event.model());
    idleMillis = 0;
    activity.eventAt(context.currentSystemTimeMs());
    takeNewBaselines();
    if (clock.eventAt(event.model(), event.timeMillis(), context.currentSystemTimeMs())) {
      passTime();
    }
    if (toldMoment == Watched.Moment.OF_NO_EVENTS || toldMoment == Long.MIN_VALUE) {
      tellMoment(clock.latestMillis());
    }
    ModelBaselines baselines = registry.of(event.model());
    boolean knownModel = baselines != null && isInUse(baselines.primary());
    BaselineRecord ofVersion = baselines == null ? null : baselines.ofVersion(event.version());
    boolean knownVersion = ofVersion != null && isInUse(ofVersion);
    if (baselines != null && knownModel) {
      judge(
          new Watched.Event(
              event, observation.of(event), baselines, false, true, knownVersion, false));
    }
    if (!knownVersion) {
      learn(event, !knownModel);
    }
  }

  private void learn(InferenceEvent event, boolean newModel) {
    LearningMessage.Sample sample = sampler.offer(event, newModel);
    if (sample != null) {
      forward(event.model(), sample, Nodes.LEARNING_SAMPLES);
    }
    metrics.eventsUnjudged.inc(waiting.add(event, newModel));
  }

  private void lookAround(long wallClockMillis) {
    takeNewBaselines();
    // A thread that was busy elsewhere looks late and has events waiting: its absence is not the
    // partition's idleness.
    idleMillis += Math.min(wallClockMillis - lastLookMillis, LONGEST_LOOK_MILLIS);
    lastLookMillis = wallClockMillis;
    boolean idle = activity.isIdle(idleMillis, wallClockMillis, settings.idleAfter());
    if (idle && clock.idleAt(wallClockMillis)) {
      passTime();
    }
    tellMoment(
        idle || clock.isQuietAt(wallClockMillis)
            ? Watched.Moment.OF_NO_EVENTS
            : clock.latestMillis());
    metrics.eventsWaiting.labels(String.valueOf(partition)).set(waiting.size());
    metrics.baselines.set(inUse.size());
  }

  private void tellMoment(long momentMillis) {
    if (momentMillis != toldMoment && momentMillis != Long.MIN_VALUE) {
      toldMoment = momentMillis;
      judge(new Watched.Moment(momentMillis));
    }
  }

  private void passTime() {
    Progress progress = clock.pass(partition);
    for (LearningMessage.PaneTotal total : sampler.totalsUntil(progress.watermarkMillis())) {
      forward(total.model(), total, Nodes.LEARNING_SAMPLES);
    }
    forward("", progress, Nodes.LEARNING_SAMPLES);
    judge(new Watched.TimePassed(progress));
  }

  private void takeNewBaselines() {
    long revision = registry.revision();
    if (revision == seenRevision) {
      return;
    }
    seenRevision = revision;
    for (BaselineRecord baseline : registry.all()) {
      if (!isInUse(baseline)) {
        take(baseline);
      }
    }
  }

  private void take(BaselineRecord baseline) {
    inUse.put(baseline.id(), baseline.learnedUntilMillis());
    ModelBaselines baselines = registry.of(baseline.model());
    if (baselines == null) {
      return;
    }
    for (WaitingEvents.Waiting one : waiting.takeFor(baseline)) {
      waiting.decode(one, waitedEvent);
      boolean outputs = one.version().equals(baseline.version());
      judge(
          new Watched.Event(
              waitedEvent,
              observation.of(waitedEvent),
              baselines,
              true,
              one.asUsual(),
              outputs,
              false));
    }
    sampler.finished(baseline);
    judge(new Watched.BaselineArrived(baseline));
  }

  private boolean isInUse(BaselineRecord baseline) {
    return inUse.get(baseline.id()) != null;
  }

  private void judge(Watched watched) {
    forward("", watched, nextNode);
  }

  private void forward(String key, Object value, String node) {
    context.forward(new Record<>(key, value, context.currentSystemTimeMs()), node);
  }
}
