package io.inferwarden.app.message;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/** Compact binary form of {@link LearningMessage}. */
public final class LearningMessageSerde extends MessageSerde<LearningMessage> {
  private static final int SAMPLE = 1;
  private static final int PANE_TOTAL = 2;

  @Override
  void write(LearningMessage message, StateWriter out) {
    if (message instanceof LearningMessage.Sample sample) {
      out.writeByte(SAMPLE).writeString(sample.model()).writeString(sample.version());
      out.writeInt(sample.principalOrdinal()).writeBoolean(sample.paneSampled());
      out.writeLong(sample.hash()).writeLong(sample.timeMillis()).writeBytes(sample.event());
    } else if (message instanceof LearningMessage.PaneTotal total) {
      out.writeByte(PANE_TOTAL).writeString(total.model()).writeString(total.version());
      out.writeLong(total.paneStartMillis()).writeLong(total.events());
    } else {
      writeProgress((Progress) message, out);
    }
  }

  @Override
  LearningMessage read(int type, StateReader in) {
    return switch (type) {
      case SAMPLE ->
          new LearningMessage.Sample(
              in.readString(),
              in.readString(),
              in.readInt(),
              in.readBoolean(),
              in.readLong(),
              in.readLong(),
              in.readBytes());
      case PANE_TOTAL ->
          new LearningMessage.PaneTotal(
              in.readString(), in.readString(), in.readLong(), in.readLong());
      case PROGRESS -> readProgress(in);
      default -> throw unknownType(type);
    };
  }
}
