package io.inferwarden.detectors.evidence;

import io.inferwarden.detectors.budget.ShiryaevRoberts;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;

/** The evidence of one rate stream: one double per multiplier. Mutable, not thread-safe. */
public final class RateState {
  private static final int VERSION = 1;

  final double[] up;
  final double[] down;

  RateState(int up, int down) {
    this.up = new double[up];
    this.down = new double[down];
  }

  /** The mean evidence of each direction. */
  public RateLevels levels() {
    return new RateLevels(mean(up), mean(down));
  }

  /** After an alarm of a rise. */
  public void restartUp() {
    Arrays.fill(up, ShiryaevRoberts.RESTART);
  }

  /** After an alarm of a fall. */
  public void restartDown() {
    Arrays.fill(down, ShiryaevRoberts.RESTART);
  }

  /** Writes the state; {@link #readFrom} continues it identically. */
  public void writeTo(StateWriter writer) {
    writer.writeByte(VERSION).writeDoubles(up).writeDoubles(down);
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException when the bytes are not such a state
   */
  public static RateState readFrom(StateReader reader) {
    int version = reader.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException("version must be " + VERSION + ", was " + version);
    }
    RateState state = NegativeBinomialRate.newState();
    read(reader, state.up);
    read(reader, state.down);
    return state;
  }

  private static void read(StateReader reader, double[] into) {
    double[] values = reader.readDoubles();
    if (values.length != into.length) {
      throw new IllegalArgumentException(
          "stored evidence must have " + into.length + " entries, was " + values.length);
    }
    System.arraycopy(values, 0, into, 0, into.length);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
