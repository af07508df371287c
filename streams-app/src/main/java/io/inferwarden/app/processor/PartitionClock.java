package io.inferwarden.app.processor;

import io.inferwarden.app.message.Progress;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far one partition has come in event time. It passes the end of a pane when an event comes
 * that is later than that by the allowed lateness, or when the partition is idle and the wall clock
 * is. Time ahead of the wall clock does not count: one event with a wrong clock must not make all
 * others late.
 */
final class PartitionClock {
  private static final String KEY = "clock";

  /** What is kept: two times, and the models that the next stages have not yet been told of. */
  static final class State {
    long latestMillis = Long.MIN_VALUE;
    long passedMillis = Long.MIN_VALUE;
    final TreeMap<String, Long> unannounced = new TreeMap<>();
    final TreeMap<String, Long> known = new TreeMap<>();
    final TreeSet<Long> activePanes = new TreeSet<>();

    static final StateCodec<State> CODEC =
        new StateCodec<>() {
          @Override
          public void write(State state, StateWriter out) {
            out.writeLong(state.latestMillis).writeLong(state.passedMillis);
            writeTimes(state.unannounced, out);
            writeTimes(state.known, out);
            out.writeInt(state.activePanes.size());
            state.activePanes.forEach(out::writeLong);
          }

          @Override
          public State read(StateReader in) {
            State state = new State();
            state.latestMillis = in.readLong();
            state.passedMillis = in.readLong();
            readTimes(state.unannounced, in);
            readTimes(state.known, in);
            for (int left = in.readInt(); left > 0; left--) {
              state.activePanes.add(in.readLong());
            }
            return state;
          }
        };

    private static void writeTimes(Map<String, Long> times, StateWriter out) {
      out.writeInt(times.size());
      times.forEach((model, millis) -> out.writeString(model).writeLong(millis));
    }

    private static void readTimes(Map<String, Long> times, StateReader in) {
      for (int left = in.readInt(); left > 0; left--) {
        times.put(in.readString(), in.readLong());
      }
    }
  }

  /**
   * More model names than this are counted as one: a deployment has fewer, and state must stay
   * bounded.
   */
  private static final int MAXIMUM_MODELS = 10_000;

  /** Events far out of order must not grow the state either. */
  private static final int MAXIMUM_ACTIVE_PANES = 10_000;

  /** Events that are older when they come are replayed, not live. */
  private static final long LARGEST_LIVE_LAG_MILLIS = 60_000;

  /** How much later than the one before a live event may come. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final DetectionSettings settings;
  private final long tickMillis;
  private long lagMillis = Long.MAX_VALUE;
  private long lastEventWallClockMillis;
  private long lastActivePane = Long.MIN_VALUE;
  private final ObjectStore<State>.Slot slot;
  private final State state;

  /** The keys of the state's map, found without comparing names. */
  private final Set<String> known;

  PartitionClock(DetectionSettings settings, ObjectStore<State> store) {
    this.settings = settings;
    this.tickMillis = settings.tick().toMillis();
    this.slot = store.slot(KEY);
    State kept = slot.value();
    if (kept == null) {
      kept = new State();
      slot.set(kept);
    }
    this.state = kept;
    this.known = new HashSet<>(kept.known.keySet());
  }

  /** The end of the last tick that the partition passed; null before the first. */
  static @Nullable Long passedMillis(ObjectStore<State> store) {
    State kept = store.get(KEY);
    return kept == null || kept.passedMillis == Long.MIN_VALUE ? null : kept.passedMillis;
  }

  /** Takes note of an event. True when a tick is over because of it. */
  boolean eventAt(String model, long timeMillis, long wallClockMillis) {
    if (state.known.isEmpty()) {
      // Idle until now: it passed time only to hold nobody back, and its own begins here.
      state.latestMillis = Long.MIN_VALUE;
      state.passedMillis = Long.MIN_VALUE;
    }
    if (!known.contains(model) && state.known.size() < MAXIMUM_MODELS) {
      known.add(model);
      state.known.put(model, timeMillis);
      state.unannounced.put(model, timeMillis);
      slot.changed();
    }
    long pane = settings.paneStart(timeMillis);
    if (pane != lastActivePane && state.activePanes.size() < MAXIMUM_ACTIVE_PANES) {
      lastActivePane = pane;
      state.activePanes.add(pane);
      slot.changed();
    }
    long counted = Math.min(timeMillis, wallClockMillis);
    lagMillis = wallClockMillis - counted;
    lastEventWallClockMillis = wallClockMillis;
    if (counted > state.latestMillis) {
      state.latestMillis = counted;
      slot.changed();
    }
    return passesTick(state.latestMillis);
  }

  /** Whether the partition, being idle, passes the end of a tick by the wall clock. */
  boolean idleAt(long wallClockMillis) {
    if (wallClockMillis > state.latestMillis && passesTick(wallClockMillis)) {
      state.latestMillis = wallClockMillis;
      slot.changed();
      return true;
    }
    return false;
  }

  /** The latest event time that counts; {@link Long#MIN_VALUE} before the first event. */
  long latestMillis() {
    return state.latestMillis;
  }

  /**
   * Whether events come as they happen, and a new one would have come by now if there were any: the
   * partition then holds nobody back.
   */
  boolean isQuietAt(long wallClockMillis) {
    return lagMillis <= LARGEST_LIVE_LAG_MILLIS
        && wallClockMillis - lastEventWallClockMillis > PATIENCE_MILLIS;
  }

  private boolean passesTick(long latestMillis) {
    return latestMillis != Long.MIN_VALUE && watermarkOf(latestMillis) > state.passedMillis;
  }

  private long watermarkOf(long latestMillis) {
    return Math.floorDiv(latestMillis - settings.lateness().toMillis(), tickMillis) * tickMillis;
  }

  /** Passes on to the newest end of a tick, and says what the next stages must hear. */
  Progress pass(int partition) {
    state.passedMillis = watermarkOf(state.latestMillis);
    Progress progress =
        new Progress(partition, state.passedMillis, state.unannounced, state.activePanes);
    state.unannounced.clear();
    state.activePanes.clear();
    lastActivePane = Long.MIN_VALUE;
    slot.changed();
    return progress;
  }
}
