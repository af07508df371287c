package io.inferwarden.detectors.evidence;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The usual number of events of a pane by hour of day, with bounds that a finite learning period
 * allows, and how much it varies. Immutable and thread-safe.
 */
public final class RateBaseline {
  static final int HOURS = 24;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final int VERSION = 1;

  private final double[] mean;
  private final double[] relativeError;
  private final double size;

  /**
   * @param mean events of a pane by hour of day, above 0
   * @param relativeError by hour, how far the log of the mean may be off, at least 0
   * @param size lower bound of the negative binomial's size, above 0
   */
  RateBaseline(double[] mean, double[] relativeError, double size) {
    if (mean.length != HOURS || relativeError.length != HOURS) {
      throw new IllegalArgumentException("a rate needs 24 hours, was " + mean.length);
    }
    for (int h = 0; h < HOURS; h++) {
      if (!(mean[h] > 0) || !(relativeError[h] >= 0)) {
        throw new IllegalArgumentException(
            "mean must be > 0 and its error >= 0, was " + mean[h] + " and " + relativeError[h]);
      }
    }
    if (!(size > 0)) {
      throw new IllegalArgumentException("size must be > 0, was " + size);
    }
    this.mean = mean.clone();
    this.relativeError = relativeError.clone();
    this.size = size;
  }

  /**
   * Learns a rate from whole panes. Panes between the first and the last that are not in the map
   * count as panes without events.
   *
   * @param eventsPerPane number of events by start of the pane in milliseconds
   * @param paneMillis length of a pane in milliseconds, above 0
   * @return the rate; empty below one day or below 12 panes (how it varies by the hour is not
   *     known) and when there were no events
   */
  public static Optional<RateBaseline> learn(SortedMap<Long, Long> eventsPerPane, long paneMillis) {
    if (paneMillis <= 0) {
      throw new IllegalArgumentException("paneMillis must be > 0, was " + paneMillis);
    }
    return RateLearner.learn(eventsPerPane, paneMillis);
  }

  /** The usual number of events of a pane of this hour of day (UTC, 0 to 23). */
  public double mean(int hour) {
    return mean[hour];
  }

  /** Lower confidence bound of {@link #mean}. */
  public double lowerMean(int hour) {
    return mean[hour] * Math.exp(-relativeError[hour]);
  }

  /** Upper confidence bound of {@link #mean}. */
  public double upperMean(int hour) {
    return mean[hour] * Math.exp(relativeError[hour]);
  }

  /** Lower confidence bound of the negative binomial's size {@code r}. */
  public double size() {
    return size;
  }

  /** Hour of day, UTC. */
  static int hourOfDay(long paneStartMillis) {
    return (int) Math.floorMod(Math.floorDiv(paneStartMillis, HOUR_MILLIS), (long) HOURS);
  }

  /** Writes the baseline; {@link #readFrom} gives an equal one. */
  public void writeTo(StateWriter writer) {
    writer.writeByte(VERSION).writeDoubles(mean).writeDoubles(relativeError).writeDouble(size);
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IllegalArgumentException when the bytes are not such a baseline
   */
  public static RateBaseline readFrom(StateReader reader) {
    int version = reader.readByte();
    if (version != VERSION) {
      throw new IllegalArgumentException("version must be " + VERSION + ", was " + version);
    }
    return new RateBaseline(reader.readDoubles(), reader.readDoubles(), reader.readDouble());
  }
}
