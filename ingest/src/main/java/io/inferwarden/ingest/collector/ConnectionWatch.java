package io.inferwarden.ingest.collector;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections on which no head of a request has come for too long. Jetty's idle time begins
 * anew with every byte, so that a head could come forever.
 */
final class ConnectionWatch extends AbstractLifeCycle implements Connection.Listener {
  private static final long IN_REQUEST = Long.MAX_VALUE;

  private final Scheduler scheduler;
  private final LongSupplier nanos;
  private final long idleNanos;

  /** When each connection began to wait for a head. */
  private final Map<Connection, Long> waitingSince = new ConcurrentHashMap<>();

  ConnectionWatch(Scheduler scheduler, LongSupplier nanos, Duration idleTime) {
    this.scheduler = scheduler;
    this.nanos = nanos;
    this.idleNanos = idleTime.toNanos();
  }

  @Override
  protected void doStart() {
    scheduleSweep();
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) {
      waitingSince.put(connection, nanos.getAsLong());
    }
  }

  @Override
  public void onClosed(Connection connection) {
    waitingSince.remove(connection);
  }

  void requestBegan(Connection connection) {
    waitingSince.computeIfPresent(connection, (same, since) -> IN_REQUEST);
  }

  void requestEnded(Connection connection) {
    waitingSince.computeIfPresent(connection, (same, since) -> nanos.getAsLong());
  }

  int openConnections() {
    return waitingSince.size();
  }

  private void scheduleSweep() {
    long periodNanos = Math.max(TimeUnit.MILLISECONDS.toNanos(10), idleNanos / 8);
    var unused = scheduler.schedule(this::sweep, periodNanos, TimeUnit.NANOSECONDS);
  }

  private void sweep() {
    long now = nanos.getAsLong();
    waitingSince.forEach(
        (connection, since) -> {
          if (since != IN_REQUEST && now - since > idleNanos) {
            connection.getEndPoint().close();
          }
        });
    if (isRunning()) {
      scheduleSweep();
    }
  }
}
