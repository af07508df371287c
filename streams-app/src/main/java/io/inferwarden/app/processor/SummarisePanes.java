package io.inferwarden.app.processor;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.message.PaneMessage;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bins of each model's events, pane by pane, and hands a pane's counts on when it is
 * over.
 */
final class SummarisePanes implements Processor<String, Object, String, PaneMessage> {
  private final long tickMillis;
  private final AppMetrics metrics;
  private final Map<String, Optional<ModelBaseline>> behaviours = new HashMap<>();
  private final StateWriter writer = new StateWriter();
  private ProcessorContext<String, PaneMessage> context;
  private ObjectStore<OpenPane> panes;
  private int partition;
  private @Nullable Long passedMillis;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  SummarisePanes(DetectionSettings settings, AppMetrics metrics) {
    this.tickMillis = settings.tick().toMillis();
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<String, PaneMessage> processorContext) {
    context = processorContext;
    partition = context.taskId().partition();
    panes = context.getStateStore(Stores.OPEN_PANES);
    ObjectStore<PartitionClock.State> clock = context.getStateStore(Stores.PARTITION_CLOCK);
    passedMillis = PartitionClock.passedMillis(clock);
  }

  @Override
  public void process(Record<String, Object> record) {
    if (record.value() instanceof Watched.Event watched) {
      count(watched);
    } else if (record.value() instanceof Watched.Accused accused) {
      taint(accused);
    } else if (record.value() instanceof Watched.TimePassed passed) {
      passedMillis = passed.progress().watermarkMillis();
      handOnFinished(null);
      forward("", passed.progress());
    } else if (record.value() instanceof Watched.BaselineArrived arrived) {
      BaselineRecord baseline = arrived.baseline();
      handOnFinished(baseline.id());
      forward(baseline.model(), new PaneMessage.Ready(baseline.model(), baseline.id(), partition));
    }
  }

  private void count(Watched.Event watched) {
    long timeMillis = watched.event().timeMillis();
    BaselineRecord primary = watched.baselines().primary();
    if (watched.asUsual() && timeMillis >= primary.learnedUntilMillis()) {
      ModelBaseline behaviour = behaviourUnder(primary);
      if (behaviour != null && isLate(watched, behaviour)) {
        metrics.eventsLate.inc();
      } else if (behaviour != null) {
        OpenPane pane = open(primary, timeMillis, behaviour);
        if (watched.accused()) {
          pane.leftOut++;
        } else {
          pane.addInputs(behaviour, watched.observation());
        }
      }
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

  /**
   * Outputs are counted by release: by digest within the baseline's own version, by version among
   * the others.
   */
  private void countOutputs(BaselineRecord baseline, Watched.Event watched) {
    ModelBaseline behaviour =
        watched.accused() || watched.event().timeMillis() < baseline.learnedUntilMillis()
            ? null
            : behaviourUnder(baseline);
    if (behaviour != null && !isLate(watched, behaviour)) {
      String version = watched.event().version();
      open(baseline, watched.event().timeMillis(), behaviour)
          .addOutputs(
              behaviour, version, digestThatCounts(baseline, watched), watched.observation());
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
    ModelBaseline behaviour = behaviourUnder(baseline);
    if (behaviour == null) {
      return;
    }
    long length = lengthOf(behaviour);
    for (long start = accused.paneStartMillis(); start <= accused.atMillis(); start += length) {
      String key = OpenPane.key(baseline.id(), start);
      OpenPane pane = panes.get(key);
      if (pane != null) {
        pane.tainted += accused.events();
        panes.put(key, pane);
      }
    }
  }

  private @Nullable ModelBaseline behaviourUnder(BaselineRecord baseline) {
    return behaviours.computeIfAbsent(baseline.id(), id -> behaviourOf(baseline)).orElse(null);
  }

  /** Models with much traffic have shorter panes. */
  private long lengthOf(ModelBaseline behaviour) {
    return behaviour.judgedPaneMillis(tickMillis);
  }

  private long startOf(long timeMillis, ModelBaseline behaviour) {
    long length = lengthOf(behaviour);
    return Math.floorDiv(timeMillis, length) * length;
  }

  /** Whether the pane of an event was handed on before it came. */
  private boolean isLate(Watched.Event watched, ModelBaseline behaviour) {
    Long passed = passedMillis;
    long end = startOf(watched.event().timeMillis(), behaviour) + lengthOf(behaviour);
    return !watched.waited() && passed != null && end <= passed;
  }

  private OpenPane open(BaselineRecord baseline, long timeMillis, ModelBaseline behaviour) {
    long start = startOf(timeMillis, behaviour);
    ObjectStore<OpenPane>.Slot slot = panes.slot(OpenPane.key(baseline.id(), start));
    OpenPane pane = slot.value();
    if (pane == null) {
      pane = new OpenPane(baseline.model(), baseline.id(), start, lengthOf(behaviour), behaviour);
      slot.set(pane);
    } else {
      slot.changed();
    }
    return pane;
  }

  private static Optional<ModelBaseline> behaviourOf(BaselineRecord baseline) {
    byte[] learned = baseline.behaviour();
    return learned == null
        ? Optional.empty()
        : Optional.of(ModelBaseline.readFrom(new StateReader(learned)));
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
