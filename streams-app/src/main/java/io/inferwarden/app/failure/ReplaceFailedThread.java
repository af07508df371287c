package io.inferwarden.app.failure;

import io.inferwarden.alerting.NewerFormatException;
import io.inferwarden.app.metrics.AppMetrics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream thread that dies is replaced, as most causes pass; but not for ever: after {@value
 * #MOST} deaths within ten minutes the instance stops, so that another one, or a person, takes
 * over. What a newer release wrote stops the instance at once: no replacement could read it.
 */
public final class ReplaceFailedThread implements StreamsUncaughtExceptionHandler {
  static final int MOST = 5;
  private static final long WITHIN_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final Logger LOG = LoggerFactory.getLogger(ReplaceFailedThread.class);

  private final AppMetrics metrics;
  private final LongSupplier nanoClock;
  private final Deque<Long> deaths = new ArrayDeque<>();
  private @Nullable String whyStopped;

  public ReplaceFailedThread(AppMetrics metrics, LongSupplier nanoClock) {
    this.metrics = metrics;
    this.nanoClock = nanoClock;
  }

  /** Why the instance stops; empty while it goes on. */
  public synchronized Optional<String> whyStopped() {
    return Optional.ofNullable(whyStopped);
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable exception) {
    metrics.errors.labels("uncaught").inc();
    NewerFormatException newer = NewerFormatException.within(exception);
    if (newer != null) {
      whyStopped = newer.getMessage();
      LOG.error("This instance stops: {}", whyStopped);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    long now = nanoClock.getAsLong();
    deaths.addLast(now);
    while (now - deaths.getFirst() > WITHIN_NANOS) {
      deaths.removeFirst();
    }
    if (deaths.size() >= MOST) {
      whyStopped = "a stream thread died " + MOST + " times within ten minutes";
      LOG.error("This instance stops: {}", whyStopped, exception);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.error("A stream thread died and is replaced", exception);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }
}
