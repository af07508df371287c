package io.inferwarden.ingest.collector;

import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads a body as it comes, without holding a thread while nothing comes, within limits of size,
 * memory and time. A sender that is silent for the idle time, or takes longer than the request
 * time, is told so.
 */
final class BodyReader implements Runnable {
  private final Request request;
  private final LongSupplier nanos;
  private final long beganNanos;
  private final long mostNanos;
  private final GrowingBytes bytes;
  private final Consumer<byte[]> whenRead;
  private final Consumer<RefusedBody> whenRefused;

  BodyReader(
      Request request,
      MemoryBudget.Share memory,
      CollectorSettings.Limits limits,
      LongSupplier nanos,
      Consumer<byte[]> whenRead,
      Consumer<RefusedBody> whenRefused) {
    this.request = request;
    this.nanos = nanos;
    this.beganNanos = nanos.getAsLong();
    this.mostNanos = limits.requestTime().toNanos();
    this.bytes = new GrowingBytes(memory, limits.bodyBytes());
    this.whenRead = whenRead;
    this.whenRefused = whenRefused;
  }

  @Override
  public void run() {
    try {
      if (readAllThatIsThere()) {
        whenRead.accept(bytes.toArray());
      }
    } catch (RefusedBody refused) {
      whenRefused.accept(refused);
    }
  }

  /** True when that was the last of it. */
  private boolean readAllThatIsThere() throws RefusedBody {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return false;
      }
      if (Content.Chunk.isFailure(chunk)) {
        throw refusal(chunk.getFailure());
      }
      boolean isLast = chunk.isLast();
      try {
        bytes.add(chunk.getByteBuffer());
      } finally {
        chunk.release();
      }
      if (isLast) {
        return true;
      }
      if (nanos.getAsLong() - beganNanos > mostNanos) {
        throw tooSlow();
      }
    }
  }

  private static RefusedBody refusal(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return tooSlow();
    }
    boolean isSpoken = failure instanceof HttpException;
    int status = isSpoken ? ((HttpException) failure).getCode() : 400;
    return status == 408
        ? tooSlow()
        : new RefusedBody(status, "broken_body", "expected a whole body, found its end too soon");
  }

  private static RefusedBody tooSlow() {
    return new RefusedBody(408, "too_slow", "the body took too long to come");
  }
}
