package io.inferwarden.app.message;

import io.inferwarden.alerting.FindingJson;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** Compact binary form of {@link FleetMessage}. */
public final class FleetMessageSerde extends MessageSerde<FleetMessage> {
  private static final int RAISED = 1;
  private static final int NOTE = 2;
  private static final int JUDGED = 3;

  @Override
  void write(FleetMessage message, StateWriter out) {
    if (message instanceof FleetMessage.Raised raised) {
      out.writeByte(RAISED).writeBytes(FindingJson.toJson(raised.finding()));
    } else if (message instanceof FleetMessage.Note note) {
      out.writeByte(NOTE);
      writeNote(note, out);
    } else {
      FleetMessage.Judged judged = (FleetMessage.Judged) message;
      out.writeByte(JUDGED).writeInt(judged.partition());
      out.writeLong(judged.untilMillis()).writeLong(judged.activeUntilMillis());
    }
  }

  @Override
  FleetMessage read(int type, StateReader in) {
    return switch (type) {
      case RAISED -> new FleetMessage.Raised(FindingJson.fromJson(in.readBytes()));
      case NOTE -> readNote(in);
      case JUDGED -> new FleetMessage.Judged(in.readInt(), in.readLong(), in.readLong());
      default -> throw unknownType(type);
    };
  }

  /** Writes a note; {@link #readNote} gives an equal one. */
  public static void writeNote(FleetMessage.Note note, StateWriter out) {
    out.writeString(note.model()).writeString(note.baselineId()).writeLong(note.paneEndMillis());
    out.writeLong(note.onsetMillis()).writeLong(note.events()).writeBoolean(note.restarted());
    out.writeInt(note.causes().size());
    for (FleetMessage.Cause cause : note.causes()) {
      out.writeString(cause.signal()).writeDouble(cause.level()).writeDouble(cause.share());
      out.writeString(cause.bin()).writeDouble(cause.expected()).writeDouble(cause.observed());
    }
  }

  /** Reads what {@link #writeNote} wrote. */
  public static FleetMessage.Note readNote(StateReader in) {
    String model = in.readString();
    String baselineId = in.readString();
    long paneEnd = in.readLong();
    long onset = in.readLong();
    long events = in.readLong();
    boolean restarted = in.readBoolean();
    List<FleetMessage.Cause> causes = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      causes.add(
          new FleetMessage.Cause(
              in.readString(),
              in.readDouble(),
              in.readDouble(),
              in.readString(),
              in.readDouble(),
              in.readDouble()));
    }
    return new FleetMessage.Note(model, baselineId, paneEnd, onset, events, restarted, causes);
  }
}
