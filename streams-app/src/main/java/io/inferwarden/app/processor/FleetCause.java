package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.app.message.FleetMessage;
import io.inferwarden.app.message.FleetMessageSerde;
import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.budget.FleetEvidence;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One cause, a signal by its name, in all models that have it. */
final class FleetCause {
  /** Fewer models with the same cause are a coincidence. */
  static final int FEWEST_MODELS = 3;

  private static final long NEVER = Long.MIN_VALUE;

  final String signal;
  private final FleetEvidence evidence;

  /** The latest note of each model and baseline that has evidence of this cause. */
  private final TreeMap<String, FleetMessage.Note> notes = new TreeMap<>();

  /** The models that this cause has moved, and since when as they themselves said last. */
  private final TreeMap<String, Long> moved = new TreeMap<>();

  private long raisedFromMillis = NEVER;
  private long raisedLastMillis = NEVER;
  private long beganMillis = NEVER;

  private FleetCause(String signal, FleetEvidence evidence) {
    this.signal = signal;
    this.evidence = evidence;
  }

  FleetCause(String signal) {
    this(signal, new FleetEvidence());
  }

  private static String stream(FleetMessage.Note note) {
    return note.model() + '\u001f' + note.baselineId();
  }

  /** Takes what a pane left of this cause, or that it left nothing. */
  void apply(FleetMessage.Note note) {
    String stream = stream(note);
    FleetMessage.Note known = notes.get(stream);
    if (known != null && known.paneEndMillis() > note.paneEndMillis()) {
      return;
    }
    FleetMessage.Cause cause = ofThis(note);
    if (cause != null) {
      notes.put(stream, note);
      evidence.tell(stream, cause.level());
    } else if (known != null) {
      forget(note);
    }
  }

  FleetMessage.@Nullable Cause ofThis(FleetMessage.Note note) {
    for (FleetMessage.Cause cause : note.causes()) {
      if (cause.signal().equals(signal)) {
        return cause;
      }
    }
    return null;
  }

  /** The model has restarted: what it had is gone. */
  void forget(FleetMessage.Note note) {
    notes.remove(stream(note));
    evidence.remove(stream(note));
  }

  void moved(Finding finding) {
    moved.merge(finding.model(), finding.onsetMillis(), Math::max);
  }

  /** The models that this cause has moved since about that time. */
  Set<String> movedAround(long onsetMillis, long togetherMillis) {
    Set<String> models = new TreeSet<>();
    moved.forEach(
        (model, millis) -> {
          if (Math.abs(onsetMillis - millis) <= togetherMillis) {
            models.add(model);
          }
        });
    return models;
  }

  /** Whether a finding of that time belongs to the incident that was raised before. */
  boolean isRaisedAt(long atMillis, long quietMillis) {
    return raisedLastMillis != NEVER
        && atMillis >= raisedFromMillis - quietMillis
        && atMillis <= raisedLastMillis + quietMillis;
  }

  /** Whether what began then may have begun with what was raised before. */
  boolean beganAround(long onsetMillis, long togetherMillis) {
    return beganMillis != NEVER && Math.abs(onsetMillis - beganMillis) <= togetherMillis;
  }

  /** An incident was raised or goes on: the evidence for it is spent. */
  void raised(long atMillis, long onsetMillis, boolean anew) {
    beganMillis = anew ? onsetMillis : Math.min(beganMillis, onsetMillis);
    raisedFromMillis = anew ? atMillis : Math.min(raisedFromMillis, atMillis);
    raisedLastMillis = Math.max(raisedLastMillis, atMillis);
    evidence.restart();
  }

  /** The fleet's evidence of this cause; 1 or more is an alarm. */
  double level(double scale) {
    return evidence.level(scale);
  }

  /** The notes of the models that carry the evidence, the strongest first. */
  List<FleetMessage.Note> carriers() {
    List<FleetMessage.Note> carriers = new ArrayList<>();
    for (String stream : evidence.named()) {
      FleetMessage.Note note = notes.get(stream);
      if (note != null) {
        carriers.add(note);
      }
    }
    return carriers;
  }

  /** Forgets what is older than the quiet period; true when nothing is left. */
  boolean isOverAt(long atMillis, long quietMillis) {
    long oldest = atMillis - quietMillis;
    moved.values().removeIf(millis -> millis < oldest);
    for (FleetMessage.Note note : List.copyOf(notes.values())) {
      if (note.paneEndMillis() < oldest) {
        forget(note);
      }
    }
    return moved.isEmpty() && notes.isEmpty() && !isRaisedAt(atMillis, quietMillis);
  }

  static final StateCodec<FleetCause> CODEC =
      new StateCodec<>() {
        @Override
        public void write(FleetCause cause, StateWriter out) {
          out.writeString(cause.signal);
          cause.evidence.writeTo(out);
          out.writeInt(cause.notes.size());
          cause.notes.values().forEach(note -> FleetMessageSerde.writeNote(note, out));
          out.writeInt(cause.moved.size());
          cause.moved.forEach((model, millis) -> out.writeString(model).writeLong(millis));
          out.writeLong(cause.raisedFromMillis).writeLong(cause.raisedLastMillis);
          out.writeLong(cause.beganMillis);
        }

        @Override
        public FleetCause read(StateReader in) {
          String signal = in.readString();
          FleetCause cause = new FleetCause(signal, FleetEvidence.readFrom(in));
          for (int left = in.readInt(); left > 0; left--) {
            FleetMessage.Note note = FleetMessageSerde.readNote(in);
            cause.notes.put(stream(note), note);
          }
          for (int left = in.readInt(); left > 0; left--) {
            cause.moved.put(in.readString(), in.readLong());
          }
          cause.raisedFromMillis = in.readLong();
          cause.raisedLastMillis = in.readLong();
          cause.beganMillis = in.readLong();
          return cause;
        }
      };
}
