package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.feed.IncidentAction;
import io.inferwarden.app.message.FleetMessage;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sees all models: what one cause has moved in many of them becomes one finding, all else goes on
 * as it came. A pane is decided when all judges have judged it, so that the order in which they
 * tell does not matter.
 */
final class FoldCommonCauses implements Processor<String, FleetMessage, String, Object> {
  private final DetectionSettings settings;
  private final AppMetrics metrics;

  /** Panes by which the onsets of changes with one cause may differ, as far as they are known. */
  private static final int ONSET_PANES = 3;

  private final long quietMillis;
  private final long togetherMillis;
  private final double scale;
  private long toldMomentMillis = Long.MIN_VALUE;
  private ProcessorContext<String, Object> context;
  private final CommitPace.Threads threads;
  private CommitPace pace;
  private ObjectStore<Long> progress;
  private ObjectStore<FleetPane> panes;
  private ObjectStore<FleetCause> causes;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  FoldCommonCauses(DetectionSettings settings, AppMetrics metrics, CommitPace.Threads threads) {
    this.threads = threads;
    this.settings = settings;
    this.metrics = metrics;
    this.quietMillis = settings.quietPeriod().toMillis();
    this.togetherMillis = ONSET_PANES * settings.pane().toMillis();
    this.scale = settings.budget().fleetScale();
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    pace = new CommitPace(context, threads);
    progress = context.getStateStore(Stores.FLEET_PROGRESS);
    panes = context.getStateStore(Stores.FLEET_PANES);
    causes = context.getStateStore(Stores.FLEET_CAUSES);
  }

  @Override
  public void process(Record<String, FleetMessage> record) {
    FleetMessage message = record.value();
    if (message instanceof FleetMessage.Raised raised) {
      Finding finding = raised.finding();
      if (finding.kind().pages()) {
        pane(finding.atMillis()).add(finding);
      } else {
        forward(finding); // tickets and information wait for nobody
      }
    } else if (message instanceof FleetMessage.Note note) {
      pane(note.paneEndMillis()).add(note);
    } else if (message instanceof FleetMessage.Judged judged) {
      progress.put(Integer.toString(judged.partition()), judged.untilMillis());
      long untilMillis = judgedByAllMillis();
      decideUntil(untilMillis);
      tellMoment(Math.min(untilMillis, judged.activeUntilMillis()));
    }
  }

  private FleetPane pane(long endMillis) {
    ObjectStore<FleetPane>.Slot slot = panes.slot(FleetPane.key(endMillis));
    FleetPane known = slot.value();
    FleetPane pane = known == null ? new FleetPane(endMillis) : known;
    slot.set(pane);
    return pane;
  }

  /** Event time by which every judge is done; {@link Long#MIN_VALUE} while one was not heard of. */
  private long judgedByAllMillis() {
    long until = Long.MAX_VALUE;
    for (int partition = 0; partition < settings.eventPartitions(); partition++) {
      Long known = progress.get(Integer.toString(partition));
      if (known == null) {
        return Long.MIN_VALUE;
      }
      until = Math.min(until, known);
    }
    return until;
  }

  private void decideUntil(long untilMillis) {
    List<FleetPane> complete = new ArrayList<>();
    panes.forEach(
        pane -> {
          if (pane.endMillis <= untilMillis) {
            complete.add(pane);
          }
        });
    complete.sort(Comparator.comparingLong(pane -> pane.endMillis));
    for (FleetPane pane : complete) {
      decide(pane);
      panes.delete(FleetPane.key(pane.endMillis));
    }
  }

  private void decide(FleetPane pane) {
    List<FleetMessage.Note> notes = pane.notes();
    apply(notes);
    Map<String, List<Finding>> bySignal = new TreeMap<>();
    for (Finding finding : pane.findings()) {
      if (finding.evidence().isEmpty() || finding.kind() == IncidentKind.MODEL_REPLACED) {
        forward(finding); // a replaced model is nobody else's cause
      } else {
        String signal = finding.evidence().get(0).signal();
        bySignal.computeIfAbsent(signal, first -> new ArrayList<>()).add(finding);
      }
    }
    Set<String> signals = new TreeSet<>(causes.sortedKeys());
    signals.addAll(bySignal.keySet());
    for (String signal : signals) {
      FleetCause cause = cause(signal);
      decide(cause, pane.endMillis, bySignal.getOrDefault(signal, List.of()));
      notes.stream().filter(FleetMessage.Note::restarted).forEach(cause::forget);
      if (cause.isOverAt(pane.endMillis, quietMillis)) {
        causes.delete(signal);
      }
    }
  }

  private FleetCause cause(String signal) {
    ObjectStore<FleetCause>.Slot slot = causes.slot(signal);
    FleetCause known = slot.value();
    FleetCause cause = known == null ? new FleetCause(signal) : known;
    slot.set(cause);
    return cause;
  }

  private void apply(List<FleetMessage.Note> notes) {
    for (FleetMessage.Note note : notes) {
      note.causes().forEach(told -> cause(told.signal()));
    }
    for (String signal : causes.sortedKeys()) {
      notes.forEach(cause(signal)::apply);
    }
  }

  /** Raises one finding for the cause when many models have it, or lets each speak for itself. */
  private void decide(FleetCause cause, long atMillis, List<Finding> findings) {
    findings.forEach(cause::moved);
    boolean known = cause.isRaisedAt(atMillis, quietMillis);
    List<Finding> folded = new ArrayList<>();
    Set<String> moved = new TreeSet<>();
    for (Finding finding : findings) {
      Set<String> together = cause.movedAround(finding.onsetMillis(), togetherMillis);
      boolean follows = known && cause.beganAround(finding.onsetMillis(), togetherMillis);
      if (follows || together.size() >= FleetCause.FEWEST_MODELS) {
        folded.add(finding);
        moved.addAll(together);
      } else {
        forward(finding);
      }
    }
    double level = cause.level(scale);
    List<FleetMessage.Note> carriers = cause.carriers();
    boolean alarms = !known && level >= 1 && models(carriers) >= FleetCause.FEWEST_MODELS;
    if (!alarms && folded.isEmpty()) {
      return;
    }
    FleetFinding common = new FleetFinding(cause, atMillis);
    common.fold(folded);
    if (alarms) {
      common.carry(carriers, level, settings);
    }
    if (!known) {
      common.name(moved);
    }
    Finding finding = common.finding();
    cause.raised(atMillis, finding.onsetMillis(), !known);
    metrics.findingsFolded.inc(folded.size());
    metrics.findings.labels(finding.kind().code()).inc();
    forward(finding);
  }

  /** So far everything that there was to find has been found. */
  private void tellMoment(long momentMillis) {
    if (momentMillis > toldMomentMillis && momentMillis >= 0) {
      toldMomentMillis = momentMillis;
      context.forward(
          new Record<>("", new IncidentAction.Moment(momentMillis), context.currentSystemTimeMs()),
          Nodes.MOMENTS);
    }
  }

  private static int models(List<FleetMessage.Note> notes) {
    Set<String> models = new HashSet<>();
    notes.forEach(note -> models.add(note.model()));
    return models.size();
  }

  private void forward(Finding finding) {
    context.forward(
        new Record<>(finding.subject(), finding, context.currentSystemTimeMs()),
        Nodes.FLEET_FINDINGS);
    pace.found();
  }
}
