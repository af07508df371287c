package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of one principal and one chat model, for one baseline. Everything in memory is
 * written as it is, so a restored state goes on identically. At most 1,024 bytes, written and on
 * the heap. Not thread-safe.
 *
 * <p>When a count reaches 65,535 all counts of its signal are halved, which keeps their
 * proportions.
 */
public final class ChatState {
  private static final int VERSION = 1;

  private final char[] counts;

  /** The posterior weight of each urn, and then the martingale of each signal. */
  private final float[] values;

  private PromptMemory prompts = new PromptMemory();
  private long events;
  private long firstMillis;
  private long lastMillis;
  private long onsetMillis;
  private float granted;
  private float level;

  /**
   * @param bins number of bins of all signals together
   * @param priorWeights of the urns of all signals
   * @param signals number of signals of the baseline
   */
  ChatState(int bins, float[] priorWeights, int signals) {
    this(new char[bins], Arrays.copyOf(priorWeights, priorWeights.length + signals));
  }

  private ChatState(char[] counts, float[] values) {
    this.counts = counts;
    this.values = values;
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

  /** The weighted mean of the signals' martingales: 1 or more is an alarm. */
  public double level() {
    return level;
  }

  /**
   * The first ten distinct prompts, handed out once, when the tenth has come; to be taken before
   * the next event, which makes room for other things.
   */
  public Optional<Adoption> takeAdoption() {
    return prompts.takeAdoption();
  }

  /** The last 16 distinct prompts with two tactics of attacks or more, in no particular order. */
  public List<AttackPrompt> attackPrompts() {
    return prompts.attackPrompts();
  }

  boolean fits(int bins, int size) {
    return counts.length == bins && values.length == size;
  }

  PromptMemory prompts() {
    return prompts;
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
  void settle(double levelNow, double grantedNow) {
    level = (float) levelNow;
    granted = (float) (granted + grantedNow);
    if (level <= granted) {
      onsetMillis = lastMillis;
    }
  }

  void restart(int signals) {
    Arrays.fill(values, values.length - signals, values.length, 0);
    granted = 0;
    level = 0;
    onsetMillis = lastMillis;
  }

  int count(int bin) {
    return counts[bin];
  }

  int total(int offset, int bins) {
    int sum = 0;
    for (int i = offset; i < offset + bins; i++) {
      sum += counts[i];
    }
    return sum;
  }

  float value(int index) {
    return values[index];
  }

  void value(int index, double value) {
    values[index] = (float) value;
  }

  /** Counts an event of the signal whose bins start at {@code offset}. */
  void add(int offset, int bins, int bin) {
    if (counts[offset + bin] == Character.MAX_VALUE) {
      for (int i = offset; i < offset + bins; i++) {
        counts[i] >>= 1;
      }
    }
    counts[offset + bin]++;
  }

  /** Writes the state. */
  public void writeTo(StateWriter out) {
    out.writeByte(VERSION).writeByte(counts.length).writeByte(values.length);
    out.writeLong(events).writeLong(firstMillis).writeLong(lastMillis).writeLong(onsetMillis);
    out.writeFloat(granted).writeFloat(level);
    for (char count : counts) {
      out.writeShort(count);
    }
    for (float value : values) {
      out.writeFloat(value);
    }
    prompts.writeTo(out);
  }

  /**
   * Reads what {@link #writeTo(StateWriter)} wrote.
   *
   * @throws IllegalArgumentException when it is of another version or inconsistent
   */
  public static ChatState readFrom(StateReader in) {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException("version must be " + VERSION + ", was " + version);
    }
    char[] counts = new char[Byte.toUnsignedInt(in.readByte())];
    float[] values = new float[Byte.toUnsignedInt(in.readByte())];
    ChatState state = new ChatState(counts, values);
    state.events = in.readLong();
    state.firstMillis = in.readLong();
    state.lastMillis = in.readLong();
    state.onsetMillis = in.readLong();
    state.granted = in.readFloat();
    state.level = in.readFloat();
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (char) in.readShort();
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    state.prompts = PromptMemory.readFrom(in);
    return state;
  }
}
