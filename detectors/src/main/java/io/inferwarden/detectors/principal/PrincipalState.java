package io.inferwarden.detectors.principal;

import static io.inferwarden.detectors.principal.StateBytes.BIN_BYTES;
import static io.inferwarden.detectors.principal.StateBytes.COUNTS;
import static io.inferwarden.detectors.principal.StateBytes.URN_BYTES;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;

/**
 * What is kept of one principal and one model, for one baseline: at most 1,024 bytes on the heap
 * and when written, about 0.2 KB when written after the first event. Everything in memory is
 * written as it is, so a restored state goes on identically. Not thread-safe.
 *
 * <p>Counts have 16 bits: when one reaches 65,535 all counts of its signal are halved, which keeps
 * their proportions. Recent counts have 12 bits, martingales 16, all rounded without bias; see
 * {@link StateBytes}.
 */
public final class PrincipalState {
  static final int SLOW_UNITS = 64;
  static final int FAST_UNITS = 128;

  private static final int VERSION = 2;
  private static final int SLOW_SHIFT = 6;
  private static final int FAST_SHIFT = 5;
  private static final int LARGEST_COUNT = 0xffff;
  private static final int LARGEST_RECENT = 0xfff;
  private static final int SLOW_AT = 16;
  private static final int FAST_AT = 28;
  private static final double LARGEST_LEVEL = 1e30;
  private static final long LATEST_SECONDS = 0xffff_ffffL;

  /** The level and what was granted are rounded: closer than this they count as equal. */
  private static final double ROUNDING = 1.01;

  /** Seeds the rounding of each count beside its place; the same events give the same state. */
  private static final int ROUNDING_SEED = 320;

  private byte[] bytes;

  /**
   * @param signals number of signals of the baseline
   * @param bins number of bins of all of them together, at most 255
   */
  PrincipalState(int signals, int bins) {
    this.bytes = new byte[StateBytes.length(signals, bins, StateBytes.RING_GROUP)];
    bytes[StateBytes.BINS] = (byte) bins;
  }

  /** Number of events seen, repeats included; stays at 2^32 - 1. */
  public long events() {
    return StateBytes.u32(bytes, StateBytes.EVENTS);
  }

  /**
   * Time of the earliest event, milliseconds since the epoch, of a whole second at or before it.
   */
  public long firstMillis() {
    return 1000 * StateBytes.u32(bytes, StateBytes.FIRST_SECONDS);
  }

  /** Time of the latest event, milliseconds since the epoch; 0 before the first. */
  public long lastMillis() {
    return StateBytes.i48(bytes, StateBytes.LAST_MILLIS);
  }

  /**
   * When the present run of evidence began: time of the last event at which the level was not above
   * the spend granted since the last restart, milliseconds since the epoch.
   */
  public long onsetMillis() {
    return StateBytes.i48(bytes, StateBytes.ONSET_MILLIS);
  }

  /** The mean of all martingales: 1 or more is an alarm. */
  public double level() {
    double sum = 0;
    int urns = urnOffset(0);
    int signals = signals();
    for (int signal = 0; signal < signals; signal++) {
      for (int i = 0; i < SignalUrn.ALTERNATIVES; i++) {
        sum += StateBytes.float16(bytes, urns + signal * URN_BYTES + 2 * i);
      }
    }
    return sum / (signals * SignalUrn.ALTERNATIVES);
  }

  /**
   * The evidence against the principal on the scale of logarithms, {@code ln(level /
   * principalSpend)}: 0 says nothing, {@code ln(1 / principalSpend)} is an alarm. Finite, or
   * negative infinity when the level is 0.
   *
   * @param principalSpend what the principal was granted for its life, &gt; 0
   */
  public double logEvidence(double principalSpend) {
    if (!(principalSpend > 0)) {
      throw new IllegalArgumentException("principalSpend must be > 0, was " + principalSpend);
    }
    return Math.log(level()) - Math.log(principalSpend);
  }

  /**
   * Whether the level is no more than what was granted since the last restart: then nothing that
   * the principal did speaks against it.
   */
  public boolean isLevelGranted() {
    return level() <= ROUNDING * StateBytes.float16(bytes, StateBytes.GRANTED);
  }

  /**
   * How often each bin was seen of late: each event weighs 63/64 of the one after it.
   *
   * @param baseline which this state was made for
   * @return counts in events, in the order of {@link PrincipalBaseline#centres()}
   */
  public double[][] recentCounts(PrincipalBaseline baseline) {
    if (!baseline.fits(this)) {
      throw new IllegalArgumentException("state must have been made for this baseline");
    }
    double[][] centres = baseline.centres();
    double[][] recent = new double[centres.length][];
    int offset = 0;
    for (int signal = 0; signal < recent.length; signal++) {
      recent[signal] = new double[centres[signal].length];
      for (int bin = 0; bin < recent[signal].length; bin++) {
        recent[signal][bin] =
            (double) (signal < signals() ? slow(offset + bin) : GapCounts.count(bytes, bin))
                / SLOW_UNITS;
      }
      offset += recent[signal].length;
    }
    return recent;
  }

  boolean fits(int signals, int bins) {
    return signals() == signals && bins() == bins;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Sets what another step has made of the bytes. */
  void bytes(byte[] changed) {
    bytes = changed;
  }

  private int signals() {
    return StateBytes.signals(bytes);
  }

  private int bins() {
    return StateBytes.u8(bytes, StateBytes.BINS);
  }

  void arrive(long timeMillis) {
    long events = events();
    if (events == 0) {
      StateBytes.u32(bytes, StateBytes.FIRST_SECONDS, seconds(timeMillis));
      StateBytes.i48(bytes, StateBytes.LAST_MILLIS, timeMillis);
      StateBytes.i48(bytes, StateBytes.ONSET_MILLIS, timeMillis);
    } else {
      StateBytes.u32(
          bytes,
          StateBytes.FIRST_SECONDS,
          Math.min(StateBytes.u32(bytes, StateBytes.FIRST_SECONDS), seconds(timeMillis)));
      StateBytes.i48(bytes, StateBytes.LAST_MILLIS, Math.max(lastMillis(), timeMillis));
    }
    StateBytes.u32(bytes, StateBytes.EVENTS, Math.min(0xffff_ffffL, events + 1));
  }

  private static long seconds(long millis) {
    return Math.max(0, Math.min(LATEST_SECONDS, Math.floorDiv(millis, 1000L)));
  }

  /** Notes the level after an event, and what was granted for it. */
  void settle(double level, double grantedNow, long random) {
    double granted = StateBytes.float16(bytes, StateBytes.GRANTED) + grantedNow;
    StateBytes.float16(bytes, StateBytes.GRANTED, Math.min(LARGEST_LEVEL, granted), random);
    if (level <= ROUNDING * granted) {
      StateBytes.i48(bytes, StateBytes.ONSET_MILLIS, lastMillis());
    }
  }

  void restart() {
    for (int signal = 0; signal < signals(); signal++) {
      for (int i = 0; i < SignalUrn.ALTERNATIVES; i++) {
        StateBytes.u16(bytes, urnOffset(signal) + 2 * i, 0);
      }
    }
    StateBytes.u16(bytes, StateBytes.GRANTED, 0);
    StateBytes.i48(bytes, StateBytes.ONSET_MILLIS, lastMillis());
  }

  private int urnOffset(int signal) {
    return StateBytes.urns(bytes) + URN_BYTES * signal;
  }

  int total(int offset, int bins) {
    int total = 0;
    for (int bin = offset; bin < offset + bins; bin++) {
      total += count(bin);
    }
    return total;
  }

  /** In 1/{@link #SLOW_UNITS} of an event. */
  int slowTotal(int offset, int bins) {
    int total = 0;
    for (int bin = offset; bin < offset + bins; bin++) {
      total += slow(bin);
    }
    return total;
  }

  /** In 1/{@link #FAST_UNITS} of an event. */
  int fast(int bin) {
    return (int) (StateBytes.i64(bytes, COUNTS + BIN_BYTES * bin) >>> FAST_AT) & LARGEST_RECENT;
  }

  int count(int bin) {
    return StateBytes.u16(bytes, COUNTS + BIN_BYTES * bin);
  }

  /** In 1/{@link #SLOW_UNITS} of an event. */
  int slow(int bin) {
    return (int) (StateBytes.i64(bytes, COUNTS + BIN_BYTES * bin) >>> SLOW_AT) & LARGEST_RECENT;
  }

  float martingale(int signal, int alternative) {
    return StateBytes.float16(bytes, urnOffset(signal) + 2 * alternative);
  }

  /**
   * Takes an event of a signal into the counts: older ones fade, its bin counts.
   *
   * @param step set to what the state held of the signal before
   */
  void count(int signal, int offset, int bins, int bin, UrnStep step) {
    int start = COUNTS + BIN_BYTES * offset;
    int counted = start + BIN_BYTES * bin;
    int urn = urnOffset(signal);
    long before = StateBytes.i64(bytes, counted);
    int countBefore = (int) before & LARGEST_COUNT;
    int halving = countBefore == LARGEST_COUNT ? 1 : 0;
    // the bits that choose how to round: the same for the same history of the signal
    long history = before * 0x5851f42d4c957f2dL + StateBytes.i64(bytes, urn);
    long random = StateBytes.scramble(history + (signal << Byte.SIZE) + bin);
    int total = 0;
    int slowTotal = 0;
    int fastTotal = 0;
    for (int at = start; at < start + BIN_BYTES * bins; at += BIN_BYTES) {
      long word = StateBytes.i64(bytes, at);
      if (word << (Long.SIZE - Byte.SIZE * BIN_BYTES) == 0) {
        continue; // nothing was counted, nothing fades
      }
      int bits = (int) (((random + ROUNDING_SEED + at) * 0x9e3779b97f4a7c15L) >>> 48);
      int count = (int) word & LARGEST_COUNT;
      int slow = (int) (word >>> SLOW_AT) & LARGEST_RECENT;
      int fast = (int) (word >>> FAST_AT) & LARGEST_RECENT;
      total += count;
      slowTotal += slow;
      fastTotal += fast;
      slow -= (slow + (bits >>> 10)) >> SLOW_SHIFT;
      fast -= (fast + ((bits >>> 5) & 31)) >> FAST_SHIFT;
      StateBytes.u40(bytes, at, packed(count >> halving, slow, fast));
    }
    step.random = random;
    step.count = countBefore;
    step.slow = (double) ((int) (before >>> SLOW_AT) & LARGEST_RECENT) / SLOW_UNITS;
    step.fast = (double) ((int) (before >>> FAST_AT) & LARGEST_RECENT) / FAST_UNITS;
    step.total = total;
    step.slowTotal = (double) slowTotal / SLOW_UNITS;
    step.fastTotal = (double) fastTotal / FAST_UNITS;
    float odds = StateBytes.float16(bytes, urn + 2 * SignalUrn.ALTERNATIVES);
    step.unseenOdds = odds == 0 ? SignalUrn.UNSEEN_ODDS : odds;
    addOne(counted);
  }

  private void addOne(int at) {
    int count = StateBytes.u16(bytes, at) + 1;
    int slow = (StateBytes.u16(bytes, at + 2) & LARGEST_RECENT) + SLOW_UNITS;
    int fast = (StateBytes.u16(bytes, at + 3) >> 4) + FAST_UNITS;
    StateBytes.u40(
        bytes, at, packed(count, Math.min(LARGEST_RECENT, slow), Math.min(LARGEST_RECENT, fast)));
  }

  private static long packed(int count, int slow, int fast) {
    return (long) fast << FAST_AT | (long) slow << SLOW_AT | count;
  }

  /** Lets the martingales of a signal grow by an event, which was counted before. */
  void grow(int signal, UrnStep step, double spend) {
    int urn = urnOffset(signal);
    long bits = step.random;
    for (int i = 0; i < SignalUrn.ALTERNATIVES; i++) {
      if (i == 4) {
        bits = StateBytes.scramble(step.random);
      }
      double grown = (StateBytes.float16(bytes, urn + 2 * i) + spend) * step.ratios[i];
      StateBytes.float16(bytes, urn + 2 * i, Math.min(LARGEST_LEVEL, grown), bits);
      bits >>>= 15;
    }
    StateBytes.float16(bytes, urn + 2 * SignalUrn.ALTERNATIVES, step.nextUnseenOdds, bits);
  }

  /** Writes the state; parts of it that were never touched cost a bit each. */
  public void writeTo(StateWriter out) {
    out.writeByte(VERSION).writeByte(signals()).writeByte(bins());
    StateForm.write(bytes, out);
  }

  /**
   * Reads what {@link #writeTo(StateWriter)} wrote.
   *
   * @throws IllegalArgumentException when it is of another version or inconsistent
   */
  public static PrincipalState readFrom(StateReader in) {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException("version must be " + VERSION + ", was " + version);
    }
    int signals = in.readByte();
    if (signals < 0 || signals > SignalKind.values().length) {
      throw new IllegalArgumentException("signals must be those of a baseline, was " + signals);
    }
    PrincipalState state = new PrincipalState(signals, Byte.toUnsignedInt(in.readByte()));
    state.bytes = StateForm.read(state.bytes, in);
    return state;
  }
}
