package io.inferwarden.alerting.delivery;

/**
 * Notices when a sink is of no use to anybody: its receiver has been left alone for too long, it is
 * gone, or it refuses one notification after the other, as one with a withdrawn token does.
 */
final class TroubleWatch {
  /** One or two may be at fault themselves. */
  private static final int REFUSALS = 5;

  private static final long BEFORE_NEXT_TRY_MILLIS = 30_000;

  private final String sink;
  private final long patienceMillis;
  private final SinkTrouble trouble;
  private boolean isTold;
  private long nextTryAtMillis;

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
    if (nowMillis < nextTryAtMillis) {
      return;
    }
    if (!isTold && (isOpenTooLong || isRefusing || !isEnabled)) {
      isTold =
          trouble.failing(
              sink, breaker.isOpen() ? breaker.openSinceMillis() : nowMillis, queue.lastError());
      tryAgainUnless(isTold, nowMillis);
    } else if ((isTold || (mayHaveBeenTold && queue.hasDelivered()))
        && isEnabled
        && !breaker.isOpen()
        && queue.refusedInARow() == 0) {
      boolean isOver = trouble.recovered(sink);
      isTold &= !isOver;
      mayHaveBeenTold &= !isOver;
      tryAgainUnless(isOver, nowMillis);
    }
  }

  /** What could not be told is told later, but not at once: the cluster may be away. */
  private void tryAgainUnless(boolean isDone, long nowMillis) {
    nextTryAtMillis = isDone ? nowMillis : nowMillis + BEFORE_NEXT_TRY_MILLIS;
  }
}
