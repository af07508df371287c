package io.inferwarden.detectors.budget;

/**
 * How a stream that may end at any time spends what it may spend in all: half at its first event,
 * the rest over all later ones, {@code 1/2 * 16 / ((n + 16)(n + 17))} at the event after {@code n}.
 * The shares sum to 1 - 1/34. The schedule ends after 65,535 events.
 */
public final class SpendSchedule {
  private static final double SHARE_AT_START = 0.5;
  private static final int HOLD_EVENTS = 16;
  private static final int SCHEDULED_EVENTS = Character.MAX_VALUE;

  private SpendSchedule() {}

  /**
   * Whether a stream of so many events still spends by the schedule.
   *
   * @param events of the stream so far, at least 0
   */
  public static boolean lasts(long events) {
    return events < SCHEDULED_EVENTS;
  }

  /**
   * The share that is spent at an event.
   *
   * @param eventsBefore it, at least 0; may be a fraction where older ones fade
   */
  public static double shareAfter(double eventsBefore) {
    if (eventsBefore == 0) {
      return SHARE_AT_START;
    }
    double n = eventsBefore;
    return (1 - SHARE_AT_START) * HOLD_EVENTS / ((n + HOLD_EVENTS) * (n + HOLD_EVENTS + 1));
  }
}
