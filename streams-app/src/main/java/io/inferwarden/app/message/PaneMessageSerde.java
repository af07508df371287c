package io.inferwarden.app.message;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** Compact binary form of {@link PaneMessage}. */
public final class PaneMessageSerde extends MessageSerde<PaneMessage> {
  private static final int SUMMARY = 1;
  private static final int READY = 2;

  @Override
  void write(PaneMessage message, StateWriter out) {
    if (message instanceof PaneMessage.Summary summary) {
      out.writeByte(SUMMARY).writeString(summary.model()).writeString(summary.baselineId());
      out.writeLong(summary.paneStartMillis()).writeBytes(summary.counts());
      out.writeLong(summary.tainted()).writeLong(summary.leftOut());
      out.writeInt(summary.outputs().size());
      for (PaneMessage.Outputs outputs : summary.outputs()) {
        out.writeString(outputs.version()).writeString(outputs.digest());
        out.writeBytes(outputs.counts());
      }
    } else if (message instanceof PaneMessage.Ready ready) {
      out.writeByte(READY).writeString(ready.model()).writeString(ready.baselineId());
      out.writeInt(ready.partition());
    } else {
      writeProgress((Progress) message, out);
    }
  }

  @Override
  PaneMessage read(int type, StateReader in) {
    return switch (type) {
      case SUMMARY ->
          new PaneMessage.Summary(
              in.readString(),
              in.readString(),
              in.readLong(),
              in.readBytes(),
              in.readLong(),
              in.readLong(),
              readOutputs(in));
      case READY -> new PaneMessage.Ready(in.readString(), in.readString(), in.readInt());
      case PROGRESS -> readProgress(in);
      default -> throw unknownType(type);
    };
  }

  private static List<PaneMessage.Outputs> readOutputs(StateReader in) {
    List<PaneMessage.Outputs> outputs = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      outputs.add(new PaneMessage.Outputs(in.readString(), in.readString(), in.readBytes()));
    }
    return outputs;
  }
}
