package io.inferwarden.app.processor;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import io.inferwarden.ingest.EventBinaryCodec;
import io.inferwarden.ingest.InferenceEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/**
 * The events of model versions that have no baseline yet. They are judged, in their order, when it
 * arrives; so verdicts do not depend on how long the learner took. Past the bound the oldest make
 * room and are not judged.
 */
final class WaitingEvents {

  /** One event that waits. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier on its way to a topic; nobody compares it
  record Waiting(String model, String version, boolean asUsual, byte[] event) {
    static final StateCodec<Waiting> CODEC =
        new StateCodec<>() {
          @Override
          public void write(Waiting waiting, StateWriter out) {
            out.writeString(waiting.model).writeString(waiting.version);
            out.writeBoolean(waiting.asUsual).writeBytes(waiting.event);
          }

          @Override
          public Waiting read(StateReader in) {
            return new Waiting(in.readString(), in.readString(), in.readBoolean(), in.readBytes());
          }
        };
  }

  private final ObjectStore<Waiting> store;
  private final int maximum;
  private final long maximumBytes;
  private final EventBinaryCodec codec = new EventBinaryCodec();
  private final Deque<String> order = new ArrayDeque<>();
  private long next;
  private long bytes;

  /**
   * @param maximum events that may wait
   * @param maximumBytes that they may take on the heap
   */
  WaitingEvents(ObjectStore<Waiting> store, int maximum, long maximumBytes) {
    this.store = store;
    this.maximum = maximum;
    this.maximumBytes = maximumBytes;
    store.forEach(waiting -> bytes += LearningMemory.bytesOf(waiting.event()));
    order.addAll(store.sortedKeys());
    next = order.isEmpty() ? 0 : Long.parseLong(order.getLast(), 16) + 1;
  }

  /**
   * Lets an event wait.
   *
   * @param asUsual whether its principal and its inputs wait, too, or only its outputs
   * @return how many events had to make room
   */
  int add(InferenceEvent event, boolean asUsual) {
    String key = HexFormat.of().toHexDigits(next++);
    Waiting added = new Waiting(event.model(), event.version(), asUsual, codec.encode(event));
    store.put(key, added);
    bytes += LearningMemory.bytesOf(added.event());
    order.addLast(key);
    int madeRoom = 0;
    while (order.size() > maximum || (bytes > maximumBytes && order.size() > 1)) {
      delete(order.removeFirst());
      madeRoom++;
    }
    return madeRoom;
  }

  private void delete(String key) {
    Waiting waiting = store.get(key);
    if (waiting != null) {
      bytes -= LearningMemory.bytesOf(waiting.event());
      store.delete(key);
    }
  }

  /**
   * Takes out what waited for this baseline, in the order in which it came. The first baseline of a
   * model also judges the principals and inputs of its other versions, whose outputs wait on.
   */
  List<Waiting> takeFor(BaselineRecord baseline) {
    List<Waiting> taken = new ArrayList<>();
    Deque<String> left = new ArrayDeque<>(order.size());
    for (String key : order) {
      Waiting waiting = store.get(key);
      if (waiting == null || !waiting.model().equals(baseline.model())) {
        left.addLast(key);
      } else if (waiting.version().equals(baseline.version())) {
        taken.add(waiting);
        delete(key);
      } else {
        if (baseline.primary() && waiting.asUsual()) {
          taken.add(waiting);
          store.put(key, new Waiting(waiting.model(), waiting.version(), false, waiting.event()));
        }
        left.addLast(key);
      }
    }
    order.clear();
    order.addAll(left);
    return taken;
  }

  int size() {
    return order.size();
  }

  void decode(Waiting waiting, InferenceEvent into) {
    codec.decode(waiting.event(), into);
  }
}
