package io.inferwarden.alerting.delivery;

/**
 * Notices when a sink is of no use to anybody: its receiver has been left alone for too long, it is
 * gone, or it refuses one notification after the other, as one with a withdrawn token does.
 */
final class TroubleWatch {
  /** One or two may be at fault themselves. */
  private static final int REFUSALS = 5;

  private final String sink;
  private final long patienceMillis;
  private final SinkTrouble trouble;
  private boolean isTold;

  /** A process before this one may have told of trouble that this one knows nothing of. */
  private boolean mayHaveBeenTold = true;

  TroubleWatch(String sink, DeliverySettings settings, SinkTrouble trouble) {
    this.sink = sink;
    this.patienceMillis = settings.troubleAfter().toMillis();
    this.trouble = trouble;
  }

  void look(SinkQueue queue, boolean isEnabled, long nowMillis) {
    SinkBreaker breaker = queue.breaker();
    boolean isOpenTooLong =
        breaker.isOpen() && nowMillis - breaker.openSinceMillis() >= patienceMillis;
    boolean isRefusing = queue.refusedInARow() >= REFUSALS;
    if (!isTold && (isOpenTooLong || isRefusing || !isEnabled)) {
      isTold = true;
      trouble.failing(
          sink, breaker.isOpen() ? breaker.openSinceMillis() : nowMillis, queue.lastError());
    } else if ((isTold || (mayHaveBeenTold && queue.hasDelivered()))
        && isEnabled
        && !breaker.isOpen()
        && queue.refusedInARow() == 0) {
      isTold = false;
      mayHaveBeenTold = false;
      trouble.recovered(sink);
    }
  }
}
