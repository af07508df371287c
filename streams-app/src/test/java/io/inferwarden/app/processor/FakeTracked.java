package io.inferwarden.app.processor;

import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/** Evidence that only counts. */
final class FakeTracked implements Tracked {
  private final String baselineId;
  private long events;
  private long lastMillis;

  FakeTracked(String baselineId) {
    this.baselineId = baselineId;
  }

  static FakeTracked of(long lastMillis, long events) {
    FakeTracked tracked = new FakeTracked("b");
    tracked.lastMillis = lastMillis;
    tracked.events = events;
    return tracked;
  }

  /** The evidence in a place; new where there is none of this baseline. */
  static FakeTracked in(ObjectStore<FakeTracked>.Slot slot, String baselineId) {
    if (slot.value() == null || !slot.value().baselineId.equals(baselineId)) {
      slot.set(new FakeTracked(baselineId));
    }
    return slot.value();
  }

  void observe(long timeMillis) {
    events++;
    lastMillis = Math.max(lastMillis, timeMillis);
  }

  @Override
  public String baselineId() {
    return baselineId;
  }

  @Override
  public long events() {
    return events;
  }

  @Override
  public long lastMillis() {
    return lastMillis;
  }

  static final StateCodec<FakeTracked> CODEC =
      new StateCodec<>() {
        @Override
        public void write(FakeTracked tracked, StateWriter out) {
          out.writeString(tracked.baselineId).writeLong(tracked.lastMillis);
          out.writeLong(tracked.events);
        }

        @Override
        public FakeTracked read(StateReader in) {
          FakeTracked tracked = new FakeTracked(in.readString());
          tracked.lastMillis = in.readLong();
          tracked.events = in.readLong();
          return tracked;
        }
      };
}
