package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/**
 * What is kept of one principal and one model, for one baseline. Everything in memory is written as
 * it is, so a restored state goes on identically. About 1 KB when full, 0.2 KB after the first
 * event. Not thread-safe.
 *
 * <p>When a count reaches 65,535 all counts of its signal are halved, which keeps their
 * proportions.
 */
public final class PrincipalState {
  /** Recent counts are kept in this part of an event. */
  static final int RECENT_UNITS = 512;

  private static final int VERSION = 1;
  private static final int SLOW_SHIFT = 6;
  private static final int FAST_SHIFT = 5;

  private final char[] counts;
  private final char[] slow;
  private final char[] fast;
  private final float[] martingales;
  private final float[] unseenOdds;
  private InputRing ring = new InputRing();
  private long events;
  private long firstMillis;
  private long lastMillis;
  private long onsetMillis;
  private float granted;

  /**
   * @param signals number of signals of the baseline
   * @param bins number of bins of all of them together
   */
  PrincipalState(int signals, int bins) {
    this.counts = new char[bins];
    this.slow = new char[bins];
    this.fast = new char[bins];
    this.martingales = new float[signals * SignalUrn.ALTERNATIVES];
    this.unseenOdds = new float[signals];
    Arrays.fill(unseenOdds, (float) SignalUrn.UNSEEN_ODDS);
  }

  /** Number of events seen, repeats included. */
  public long events() {
    return events;
  }

  /** Time of the earliest event, milliseconds since the epoch; 0 before the first. */
  public long firstMillis() {
    return firstMillis;
  }

  /** Time of the latest event, milliseconds since the epoch; 0 before the first. */
  public long lastMillis() {
    return lastMillis;
  }

  /**
   * When the present run of evidence began: time of the last event at which the level was not above
   * the spend granted since the last restart, milliseconds since the epoch.
   */
  public long onsetMillis() {
    return onsetMillis;
  }

  /** The mean of all martingales: 1 or more is an alarm. */
  public double level() {
    double sum = 0;
    for (float martingale : martingales) {
      sum += martingale;
    }
    return sum / martingales.length;
  }

  boolean fits(int signals, int bins) {
    return unseenOdds.length == signals && counts.length == bins;
  }

  InputRing ring() {
    return ring;
  }

  void arrive(long timeMillis) {
    if (events == 0) {
      firstMillis = timeMillis;
      lastMillis = timeMillis;
      onsetMillis = timeMillis;
    }
    firstMillis = Math.min(firstMillis, timeMillis);
    lastMillis = Math.max(lastMillis, timeMillis);
    events++;
  }

  /** Notes the level after an event, and what was granted for it. */
  void settle(double level, double grantedNow) {
    granted = (float) (granted + grantedNow);
    if (level <= granted) {
      onsetMillis = lastMillis;
    }
  }

  void restart() {
    Arrays.fill(martingales, 0);
    granted = 0;
    onsetMillis = lastMillis;
  }

  int count(int bin) {
    return counts[bin];
  }

  int slow(int bin) {
    return slow[bin];
  }

  int fast(int bin) {
    return fast[bin];
  }

  int total(int offset, int bins) {
    return sum(counts, offset, bins);
  }

  int slowTotal(int offset, int bins) {
    return sum(slow, offset, bins);
  }

  int fastTotal(int offset, int bins) {
    return sum(fast, offset, bins);
  }

  private static int sum(char[] values, int offset, int bins) {
    int sum = 0;
    for (int i = offset; i < offset + bins; i++) {
      sum += values[i];
    }
    return sum;
  }

  float martingale(int index) {
    return martingales[index];
  }

  void martingale(int index, double value) {
    martingales[index] = (float) value;
  }

  float unseenOdds(int signal) {
    return unseenOdds[signal];
  }

  void unseenOdds(int signal, double odds) {
    unseenOdds[signal] = (float) odds;
  }

  /** Counts an event of the signal whose bins start at {@code offset}; older ones fade. */
  void add(int offset, int bins, int bin) {
    if (counts[offset + bin] == Character.MAX_VALUE) {
      for (int i = offset; i < offset + bins; i++) {
        counts[i] >>= 1;
      }
    }
    counts[offset + bin]++;
    fade(slow, offset, bins, SLOW_SHIFT);
    fade(fast, offset, bins, FAST_SHIFT);
    slow[offset + bin] = (char) (slow[offset + bin] + RECENT_UNITS);
    fast[offset + bin] = (char) (fast[offset + bin] + RECENT_UNITS);
  }

  /** Rounds what is lost up, so that old counts vanish; the largest count possible fits. */
  private static void fade(char[] values, int offset, int bins, int shift) {
    int roundUp = (1 << shift) - 1;
    for (int i = offset; i < offset + bins; i++) {
      values[i] -= (char) ((values[i] + roundUp) >> shift);
    }
  }

  /** Writes the state; bins and martingales that were never touched cost a bit each. */
  public void writeTo(StateWriter out) {
    out.writeByte(VERSION).writeByte(unseenOdds.length).writeShort(counts.length);
    CompactForm.writeCount(out, events);
    out.writeLong(firstMillis);
    CompactForm.writeCount(out, lastMillis - firstMillis);
    CompactForm.writeCount(out, onsetMillis - firstMillis);
    out.writeFloat(granted);
    writeBins(out);
    for (int signal = 0; signal < unseenOdds.length; signal++) {
      writeSignal(signal, out);
    }
    ring.writeTo(out);
  }

  private void writeBins(StateWriter out) {
    for (int start = 0; start < counts.length; start += Byte.SIZE) {
      int used = 0;
      for (int i = start; i < Math.min(counts.length, start + Byte.SIZE); i++) {
        used |= isUsed(i) ? 1 << (i - start) : 0;
      }
      out.writeByte(used);
      for (int i = start; i < Math.min(counts.length, start + Byte.SIZE); i++) {
        if (isUsed(i)) {
          out.writeShort(counts[i]).writeShort(slow[i]).writeShort(fast[i]);
        }
      }
    }
  }

  private boolean isUsed(int bin) {
    return counts[bin] != 0 || slow[bin] != 0 || fast[bin] != 0;
  }

  private void writeSignal(int signal, StateWriter out) {
    int start = signal * SignalUrn.ALTERNATIVES;
    int used = unseenOdds[signal] == (float) SignalUrn.UNSEEN_ODDS ? 0 : 1;
    for (int i = 0; i < SignalUrn.ALTERNATIVES; i++) {
      used |= martingales[start + i] == 0 ? 0 : 2 << i;
    }
    out.writeByte(used);
    if ((used & 1) != 0) {
      out.writeFloat(unseenOdds[signal]);
    }
    for (int i = 0; i < SignalUrn.ALTERNATIVES; i++) {
      if ((used & 2 << i) != 0) {
        out.writeFloat(martingales[start + i]);
      }
    }
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
    PrincipalState state =
        new PrincipalState(Math.max(0, in.readByte()), Short.toUnsignedInt(in.readShort()));
    state.events = CompactForm.readCount(in);
    state.firstMillis = in.readLong();
    state.lastMillis = state.firstMillis + CompactForm.readCount(in);
    state.onsetMillis = state.firstMillis + CompactForm.readCount(in);
    state.granted = in.readFloat();
    state.readBins(in);
    for (int signal = 0; signal < state.unseenOdds.length; signal++) {
      state.readSignal(signal, in);
    }
    state.ring = InputRing.readFrom(in);
    return state;
  }

  private void readBins(StateReader in) {
    for (int start = 0; start < counts.length; start += Byte.SIZE) {
      int used = in.readByte();
      for (int i = start; i < Math.min(counts.length, start + Byte.SIZE); i++) {
        if ((used & 1 << (i - start)) != 0) {
          counts[i] = (char) in.readShort();
          slow[i] = (char) in.readShort();
          fast[i] = (char) in.readShort();
        }
      }
    }
  }

  private void readSignal(int signal, StateReader in) {
    int used = in.readByte();
    if ((used & 1) != 0) {
      unseenOdds[signal] = in.readFloat();
    }
    for (int i = 0; i < SignalUrn.ALTERNATIVES; i++) {
      if ((used & 2 << i) != 0) {
        martingales[signal * SignalUrn.ALTERNATIVES + i] = in.readFloat();
      }
    }
  }
}
