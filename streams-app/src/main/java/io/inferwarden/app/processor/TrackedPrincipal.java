package io.inferwarden.app.processor;

import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** What is kept of one principal and model. */
final class TrackedPrincipal implements Tracked {
  /** Stands for evidence too small to be told of. */
  static final byte UNTOLD = Byte.MIN_VALUE;

  /** The baseline that the evidence was gathered under; under another one it starts anew. */
  final String baselineId;

  /** The network that it asked from first; null when unknown. */
  final @Nullable String network;

  final PrincipalMemory memory;

  /** Event time until which the principal counts as accused. */
  long accusedUntilMillis = Long.MIN_VALUE;

  /** The step of evidence that the cohort stage was told last. */
  byte toldStep = UNTOLD;

  /** How many of its events the cohort stage was told of last, since it is accused; 0 before. */
  long toldEvents;

  private long paneStartMillis = Long.MIN_VALUE;
  private int paneEvents;

  TrackedPrincipal(String baselineId, @Nullable String network, PrincipalMemory memory) {
    this.baselineId = baselineId;
    this.network = network;
    this.memory = memory;
  }

  @Override
  public String baselineId() {
    return baselineId;
  }

  @Override
  public long events() {
    return memory.events();
  }

  @Override
  public long lastMillis() {
    return memory.lastMillis();
  }

  boolean isAccusedAt(long timeMillis) {
    return timeMillis < accusedUntilMillis;
  }

  /** Counts an event in the pane that starts then; returns how many the pane has by now. */
  int countInPane(long startMillis) {
    if (startMillis != paneStartMillis) {
      paneStartMillis = startMillis;
      paneEvents = 0;
    }
    return ++paneEvents;
  }

  static final StateCodec<TrackedPrincipal> CODEC =
      new StateCodec<>() {
        @Override
        public void write(TrackedPrincipal tracked, StateWriter out) {
          out.writeString(tracked.baselineId).writeNullableString(tracked.network);
          out.writeLong(tracked.accusedUntilMillis).writeByte(tracked.toldStep);
          out.writeLong(tracked.toldEvents);
          out.writeLong(tracked.paneStartMillis).writeLong(tracked.paneEvents);
          tracked.memory.writeTo(out);
        }

        @Override
        public TrackedPrincipal read(StateReader in) {
          String baselineId = in.readString().intern();
          String network = in.readNullableString();
          long accusedUntilMillis = in.readLong();
          byte toldStep = in.readByte();
          long toldEvents = in.readLong();
          long paneStartMillis = in.readLong();
          int paneEvents = (int) in.readLong();
          TrackedPrincipal tracked =
              new TrackedPrincipal(baselineId, network, PrincipalMemory.readFrom(in));
          tracked.accusedUntilMillis = accusedUntilMillis;
          tracked.toldStep = toldStep;
          tracked.toldEvents = toldEvents;
          tracked.paneStartMillis = paneStartMillis;
          tracked.paneEvents = paneEvents;
          return tracked;
        }
      };
}
