package io.inferwarden.app.message;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

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
              in.readLong());
      case READY -> new PaneMessage.Ready(in.readString(), in.readString(), in.readInt());
      case PROGRESS -> readProgress(in);
      default -> throw unknownType(type);
    };
  }
}
