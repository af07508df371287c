package io.inferwarden.app.processor;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.baseline.BaselineRegistry;
import io.inferwarden.app.baseline.ModelBaselines;
import io.inferwarden.app.message.LearningMessage;
import io.inferwarden.app.message.Progress;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.ingest.InferenceEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Joins each event with the baselines of its model. While there is none, the event is offered to
 * the learning sample and waits. Also the partition's clock: it says when a pane is over.
 */
final class AwaitBaseline {
  /** How often a partition says how far it has come, and looks for new baselines. */
  private static final Duration LOOK_AROUND = Duration.ofMillis(30);

  /** In a backlog nobody waits for that, and after each look Streams works in smaller portions. */
  private static final Duration LOOK_AROUND_BEHIND = Duration.ofMillis(250);

  /** A thread that looks less often than this was busy, and is not known to be idle for longer. */
  private static final long LONGEST_LOOK_MILLIS = 400;

  /** A deployment has fewer models. */
  private static final int MOST_JOINED = 10_000;

  private final DetectionSettings settings;
  private final AppMetrics metrics;
  private final ModelEventCounts counts;
  private final InstanceActivity activity;
  private final WatchedStage next;
  private final LearningMemory memory;
  private final InferenceEvent waitedEvent = new InferenceEvent();
  private final Watched.Event watched = new Watched.Event(waitedEvent);

  /** Models as the last events found them, until a baseline comes. */
  private final Map<String, Joined> joinedByModel = new HashMap<>();

  private ProcessorContext<String, Object> context;
  private BaselineRegistry registry;
  private PartitionClock clock;
  private final CommitPace.Threads threads;
  private CommitPace pace;
  private LearningSampler sampler;
  private WaitingEvents waiting;
  private ObjectStore<Long> inUse;
  private long seenRevision = -1;
  private long idleMillis;
  private long lastLookMillis;
  private Duration lookInterval = Duration.ZERO;
  private @Nullable Cancellable looking;
  private long toldMoment = Long.MIN_VALUE;
  private int partition;

  @SuppressWarnings("NullAway.Init") // init is called before anything else
  AwaitBaseline(
      DetectionSettings settings,
      AppMetrics metrics,
      InstanceActivity activity,
      WatchedStage next,
      LearningMemory memory,
      CommitPace.Threads threads) {
    this.threads = threads;
    this.activity = activity;
    this.settings = settings;
    this.metrics = metrics;
    this.counts = new ModelEventCounts(metrics);
    this.next = next;
    this.memory = memory;
  }

  void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    partition = context.taskId().partition();
    pace = new CommitPace(context, threads);
    registry = context.getStateStore(Stores.BASELINES);
    ObjectStore<PartitionClock.State> clockStore = context.getStateStore(Stores.PARTITION_CLOCK);
    clock = new PartitionClock(settings, clockStore);
    ObjectStore<LearningPanes> panes = context.getStateStore(Stores.LEARNING_PANES);
    ObjectStore<Long> principals = context.getStateStore(Stores.LEARNING_PRINCIPALS);
    sampler = new LearningSampler(settings, panes, principals);
    ObjectStore<WaitingEvents.Waiting> waitingStore = context.getStateStore(Stores.WAITING_EVENTS);
    waiting =
        new WaitingEvents(
            waitingStore,
            settings.maximumWaiting(),
            memory.waitingBytes(settings.eventPartitions()));
    inUse = context.getStateStore(Stores.BASELINES_IN_USE);
    seenRevision = -1;
    lastLookMillis = context.currentSystemTimeMs();
    lookEvery(LOOK_AROUND);
  }

  private void lookEvery(Duration interval) {
    if (interval.equals(lookInterval)) {
      return;
    }
    if (looking != null) {
      looking.cancel();
    }
    looking = threads.callEvery(interval, context, this::lookAround);
    lookInterval = interval;
  }

  /**
   * Joins an event with the baselines of its model.
   *
   * @param sentMillis when it came into the topic, milliseconds since the epoch
   */
  void hear(InferenceEvent event, long sentMillis) {
    pace.read(sentMillis);
    counts.count(event.model());
    idleMillis = 0;
    long wallClockMillis = context.currentSystemTimeMs();
    activity.eventAt(wallClockMillis);
    takeNewBaselines();
    if (clock.eventAt(event.model(), event.timeMillis(), wallClockMillis)) {
      passTime();
    }
    if (toldMoment == Watched.Moment.OF_NO_EVENTS || toldMoment == Long.MIN_VALUE) {
      tellMoment(clock.latestMillis());
    }
    Joined joined = join(event);
    ModelBaselines baselines = joined.baselines;
    if (baselines != null && joined.isModelKnown) {
      next.hear(watched.of(event, baselines, false, true, joined.isVersionKnown));
    }
    if (!joined.isVersionKnown) {
      learn(event, !joined.isModelKnown);
    }
  }

  /** The baselines of a model that has one in use, and whether that of a version is. */
  private record Joined(
      String version,
      @Nullable ModelBaselines baselines,
      boolean isModelKnown,
      boolean isVersionKnown) {}

  /** Events of a model are mostly of the version of the one before. */
  private Joined join(InferenceEvent event) {
    Joined joined = joinedByModel.get(event.model());
    if (joined == null || !joined.version.equals(event.version())) {
      if (joinedByModel.size() >= MOST_JOINED) {
        joinedByModel.clear();
      }
      joined = joined(event.model(), event.version());
      joinedByModel.put(event.model(), joined);
    }
    return joined;
  }

  private Joined joined(String model, String version) {
    ModelBaselines baselines = registry.of(model);
    BaselineRecord ofVersion = baselines == null ? null : baselines.ofVersion(version);
    return new Joined(
        version,
        baselines,
        baselines != null && isInUse(baselines.primary()),
        ofVersion != null && isInUse(ofVersion));
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
    long moment = toldMoment;
    tellMoment(
        idle || clock.isQuietAt(wallClockMillis)
            ? Watched.Moment.OF_NO_EVENTS
            : clock.latestMillis());
    lookEvery(pace.isBehind(wallClockMillis) ? LOOK_AROUND_BEHIND : LOOK_AROUND);
    pace.lookAround(wallClockMillis, idle || moment != toldMoment);
    metrics.eventsWaiting.labels(String.valueOf(partition)).set(waiting.size());
    metrics.baselines.set(inUse.size());
  }

  /** Leaves the partition. */
  void close() {
    metrics.eventsWaiting.remove(String.valueOf(partition));
  }

  private void tellMoment(long momentMillis) {
    if (momentMillis != toldMoment && momentMillis != Long.MIN_VALUE) {
      toldMoment = momentMillis;
      next.hear(new Watched.Moment(momentMillis));
    }
  }

  private void passTime() {
    Progress progress = clock.pass(partition);
    for (LearningMessage.PaneTotal total : sampler.totalsUntil(progress.watermarkMillis())) {
      forward(total.model(), total, Nodes.LEARNING_SAMPLES);
    }
    forward("", progress, Nodes.LEARNING_SAMPLES);
    next.hear(new Watched.TimePassed(progress));
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
    joinedByModel.clear();
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
      next.hear(watched.of(waitedEvent, baselines, true, one.asUsual(), outputs));
    }
    sampler.finished(baseline);
    next.hear(new Watched.BaselineArrived(baseline));
  }

  private boolean isInUse(BaselineRecord baseline) {
    return inUse.get(baseline.id()) != null;
  }

  private void forward(String key, Object value, String node) {
    context.forward(new Record<>(key, value, context.currentSystemTimeMs()), node);
  }
}
