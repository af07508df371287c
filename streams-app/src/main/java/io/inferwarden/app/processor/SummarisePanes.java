package io.inferwarden.app.processor;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.message.PaneMessage;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.state.StateWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bins of each model's events, pane by pane, and hands a pane's counts on when it is
 * over.
 */
final class SummarisePanes implements WatchedStage {
  private final long tickMillis;
  private final AppMetrics metrics;
  private final LearnedParts learned;
  private final Map<String, Optional<Behaviour>> behaviours = new HashMap<>();
  private final StateWriter writer = new StateWriter();
  private ProcessorContext<String, Object> context;
  private ObjectStore<OpenPane> panes;
  private int partition;
  private @Nullable Long passedMillis;

  /** How the events of a baseline are counted. */
  private static final class Behaviour {
    final ModelBaseline learned;

    /** Models with much traffic have shorter panes. */
    final long paneMillis;

    /** Events mostly go into the pane that the one before went into. */
    private ObjectStore<OpenPane>.@Nullable Slot latest;

    Behaviour(ModelBaseline learned, long paneMillis) {
      this.learned = learned;
      this.paneMillis = paneMillis;
    }

    long startOf(long timeMillis) {
      OpenPane pane = latestPane();
      return pane != null && pane.startMillis <= timeMillis && timeMillis < pane.endMillis()
          ? pane.startMillis
          : Math.floorDiv(timeMillis, paneMillis) * paneMillis;
    }

    private @Nullable OpenPane latestPane() {
      return latest == null ? null : latest.value();
    }
  }

  @SuppressWarnings("NullAway.Init") // init is called before anything else
  SummarisePanes(DetectionSettings settings, AppMetrics metrics, LearnedParts learned) {
    this.learned = learned;
    this.tickMillis = settings.tick().toMillis();
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    partition = context.taskId().partition();
    panes = context.getStateStore(Stores.OPEN_PANES);
    ObjectStore<PartitionClock.State> clock = context.getStateStore(Stores.PARTITION_CLOCK);
    passedMillis = PartitionClock.passedMillis(clock);
  }

  @Override
  public void hear(Watched watched) {
    if (watched instanceof Watched.Event event) {
      count(event);
    } else if (watched instanceof Watched.Accused accused) {
      taint(accused);
    } else if (watched instanceof Watched.TimePassed passed) {
      passedMillis = passed.progress().watermarkMillis();
      handOnFinished(null);
      forward("", passed.progress());
    } else if (watched instanceof Watched.BaselineArrived arrived) {
      BaselineRecord baseline = arrived.baseline();
      handOnFinished(baseline.id());
      forward(baseline.model(), new PaneMessage.Ready(baseline.model(), baseline.id(), partition));
    }
  }

  private void count(Watched.Event watched) {
    long timeMillis = watched.event().timeMillis();
    BaselineRecord primary = watched.baselines().primary();
    if (watched.asUsual() && timeMillis >= primary.learnedUntilMillis()) {
      countInputs(primary, watched);
    }
    BaselineRecord version = watched.baselines().ofVersion(watched.event().version());
    boolean ofPrimary = version != null && version.id().equals(primary.id());
    if (watched.asUsual() || (watched.outputs() && ofPrimary)) {
      countOutputs(primary, watched);
    }
    if (watched.outputs() && version != null && !ofPrimary) {
      countOutputs(version, watched);
    }
  }

  private void countInputs(BaselineRecord baseline, Watched.Event watched) {
    Behaviour behaviour = behaviourUnder(baseline);
    if (behaviour == null) {
      return;
    }
    long start = behaviour.startOf(watched.event().timeMillis());
    if (isLate(watched, start + behaviour.paneMillis)) {
      metrics.eventsLate.inc();
      return;
    }
    OpenPane pane = open(baseline, start, behaviour);
    if (watched.accused()) {
      pane.leftOut++;
    } else {
      pane.addInputs(behaviour.learned, watched.observation());
    }
  }

  /**
   * Outputs are counted by release: by digest within the baseline's own version, by version among
   * the others.
   */
  private void countOutputs(BaselineRecord baseline, Watched.Event watched) {
    long timeMillis = watched.event().timeMillis();
    Behaviour behaviour =
        watched.accused() || timeMillis < baseline.learnedUntilMillis()
            ? null
            : behaviourUnder(baseline);
    if (behaviour == null) {
      return;
    }
    long start = behaviour.startOf(timeMillis);
    if (!isLate(watched, start + behaviour.paneMillis)) {
      String version = watched.event().version();
      open(baseline, start, behaviour)
          .addOutputs(
              behaviour.learned,
              version,
              digestThatCounts(baseline, watched),
              watched.observation());
    }
  }

  private static String digestThatCounts(BaselineRecord baseline, Watched.Event watched) {
    String digest = watched.event().digest();
    boolean ownVersion = watched.event().version().equals(baseline.version());
    return digest != null && ownVersion ? digest : "";
  }

  private void taint(Watched.Accused accused) {
    BaselineRecord primary = accused.model().primary();
    taint(primary, accused);
    BaselineRecord version = accused.model().ofVersion(accused.version());
    if (version != null && !version.id().equals(primary.id())) {
      taint(version, accused);
    }
  }

  private void taint(BaselineRecord baseline, Watched.Accused accused) {
    Behaviour behaviour = behaviourUnder(baseline);
    if (behaviour == null) {
      return;
    }
    long length = behaviour.paneMillis;
    for (long start = accused.paneStartMillis(); start <= accused.atMillis(); start += length) {
      String key = OpenPane.key(baseline.id(), start);
      OpenPane pane = panes.get(key);
      if (pane != null) {
        pane.tainted += accused.events();
        panes.put(key, pane);
      }
    }
  }

  private @Nullable Behaviour behaviourUnder(BaselineRecord baseline) {
    Optional<Behaviour> known = behaviours.get(baseline.id());
    if (known == null) {
      known = behaviourOf(baseline);
      behaviours.put(baseline.id(), known);
    }
    return known.orElse(null);
  }

  private Optional<Behaviour> behaviourOf(BaselineRecord baseline) {
    ModelBaseline behaviour = learned.behaviour(baseline);
    return behaviour == null
        ? Optional.empty()
        : Optional.of(new Behaviour(behaviour, behaviour.judgedPaneMillis(tickMillis)));
  }

  /** Whether the pane of an event was handed on before it came. */
  private boolean isLate(Watched.Event watched, long paneEndMillis) {
    Long passed = passedMillis;
    return !watched.waited() && passed != null && paneEndMillis <= passed;
  }

  private OpenPane open(BaselineRecord baseline, long start, Behaviour behaviour) {
    ObjectStore<OpenPane>.Slot slot = behaviour.latest;
    OpenPane pane = behaviour.latestPane();
    if (slot == null || pane == null || pane.startMillis != start) {
      slot = panes.slot(OpenPane.key(baseline.id(), start));
      behaviour.latest = slot;
      pane = slot.value();
    }
    if (pane == null) {
      pane =
          new OpenPane(
              baseline.model(), baseline.id(), start, behaviour.paneMillis, behaviour.learned);
      slot.set(pane);
    } else {
      slot.changed();
    }
    return pane;
  }

  /** Hands on the panes that are over: of one baseline, or of all. */
  private void handOnFinished(@Nullable String baselineId) {
    Long passed = passedMillis;
    if (passed == null) {
      return;
    }
    for (String key : panes.sortedKeys()) {
      OpenPane pane = panes.get(key);
      if (pane != null
          && pane.endMillis() <= passed
          && (baselineId == null || baselineId.equals(pane.baselineId))) {
        writer.reset();
        pane.counts().writeTo(writer);
        forward(
            pane.model,
            new PaneMessage.Summary(
                pane.model,
                pane.baselineId,
                pane.startMillis,
                writer.toBytes(),
                pane.tainted,
                pane.leftOut,
                pane.outputs().toMessage()));
        panes.delete(key);
      }
    }
  }

  private void forward(String key, PaneMessage message) {
    context.forward(
        new Record<>(key, message, context.currentSystemTimeMs()), Nodes.PANE_SUMMARIES);
  }
}
