package io.inferwarden.ingest.collector;

import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads what is left of a body that is refused and throws it away, before the answer: a sender that
 * is still sending when the connection is closed finds it broken, and never sees why. It holds no
 * thread and no memory meanwhile. A body that is much too large or too slow, or that the sender
 * offers before it sends it, is not waited for.
 */
final class DiscardedBody implements Runnable {
  /** So many times as large as a body may be. */
  private static final int TIMES_TOO_LARGE = 16;

  private final Request request;
  private final LongSupplier nanos;
  private final long beganNanos;
  private final long mostNanos;
  private final Runnable next;
  private long leftBytes;

  /**
   * @param next answers; called once
   */
  DiscardedBody(
      Request request, CollectorSettings.Limits limits, LongSupplier nanos, Runnable next) {
    this.request = request;
    this.nanos = nanos;
    this.beganNanos = nanos.getAsLong();
    this.mostNanos = limits.requestTime().toNanos();
    long mostBytes = (long) TIMES_TOO_LARGE * limits.bodyBytes();
    boolean isSent = !request.getHeaders().contains(HttpHeader.EXPECT, "100-continue");
    this.leftBytes = isSent && request.getLength() <= mostBytes ? mostBytes : -1;
    this.next = next;
  }

  @Override
  public void run() {
    while (leftBytes >= 0) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        break;
      }
      leftBytes -= chunk.remaining();
      boolean isLast = chunk.isLast();
      chunk.release();
      if (isLast || nanos.getAsLong() - beganNanos > mostNanos) {
        break;
      }
    }
    next.run();
  }
}
