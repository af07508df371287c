package io.inferwarden.ingest.collector;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory the bodies of all requests together may take. */
final class MemoryBudget {
  private final long limitBytes;
  private final AtomicLong usedBytes = new AtomicLong();

  MemoryBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Takes some; false when not so much is left. */
  boolean take(long bytes) {
    if (usedBytes.addAndGet(bytes) <= limitBytes) {
      return true;
    }
    usedBytes.addAndGet(-bytes);
    return false;
  }

  void giveBack(long bytes) {
    usedBytes.addAndGet(-bytes);
  }

  long usedBytes() {
    return usedBytes.get();
  }

  /** What one request has of it. Serves one thread at a time. */
  final class Share {
    private long bytes;

    boolean take(long more) {
      if (!MemoryBudget.this.take(more)) {
        return false;
      }
      bytes += more;
      return true;
    }

    void giveBackAll() {
      giveBack(bytes);
      bytes = 0;
    }
  }

  Share share() {
    return new Share();
  }
}
