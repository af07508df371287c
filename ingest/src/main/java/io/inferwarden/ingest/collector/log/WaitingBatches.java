package io.inferwarden.ingest.collector.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What waits for the writer or is with it, bounded by its bytes, first in first out. A batch counts
 * until it is released. Thread-safe.
 */
final class WaitingBatches {
  private final long mostBytes;
  private final LogMetrics metrics;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<WaitingBatch> queue = new ArrayDeque<>();
  private long queuedBytes;
  private long heldBytes;
  private boolean isClosed;

  WaitingBatches(long mostBytes, LogMetrics metrics) {
    this.mostBytes = mostBytes;
    this.metrics = metrics;
  }

  /** Whether there was room for it; for one batch there is always, when nothing else waits. */
  boolean offer(WaitingBatch batch) {
    lock.lock();
    try {
      long bytes = batch.batch().bytes();
      if (isClosed || (heldBytes > 0 && heldBytes + bytes > mostBytes)) {
        return false;
      }
      heldBytes += bytes;
      queuedBytes += bytes;
      queue.add(batch);
      metrics.queueBytes(heldBytes);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * What is there, at most so many bytes unless the first alone has more; waits for company while
   * there is less.
   *
   * @return empty when nothing came for that long, or when nothing more will come
   */
  List<WaitingBatch> take(long lingerNanos, long bytes, long patienceNanos)
      throws InterruptedException {
    lock.lock();
    try {
      long patience = patienceNanos;
      while (queue.isEmpty() && !isClosed && patience > 0) {
        patience = changed.awaitNanos(patience);
      }
      long linger = queue.isEmpty() ? 0 : lingerNanos;
      while (queuedBytes < bytes && !isClosed && linger > 0) {
        linger = changed.awaitNanos(linger);
      }
      List<WaitingBatch> taken = new ArrayList<>();
      long takenBytes = 0;
      for (WaitingBatch next = queue.peek(); next != null; next = queue.peek()) {
        if (!taken.isEmpty() && takenBytes + next.batch().bytes() > bytes) {
          break;
        }
        takenBytes += next.batch().bytes();
        taken.add(queue.remove());
      }
      queuedBytes -= takenBytes;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Takes out those whose deadline has passed. */
  List<WaitingBatch> drainOverdue(long nowNanos) {
    lock.lock();
    try {
      List<WaitingBatch> overdue = new ArrayList<>();
      for (WaitingBatch next = queue.peek();
          next != null && next.deadlineNanos() - nowNanos <= 0;
          next = queue.peek()) {
        queuedBytes -= next.batch().bytes();
        overdue.add(queue.remove());
      }
      return overdue;
    } finally {
      lock.unlock();
    }
  }

  /** Takes out all. */
  List<WaitingBatch> drain() {
    lock.lock();
    try {
      List<WaitingBatch> all = List.copyOf(queue);
      queue.clear();
      queuedBytes = 0;
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** These are answered. */
  void release(List<WaitingBatch> batches) {
    lock.lock();
    try {
      for (WaitingBatch batch : batches) {
        heldBytes -= batch.batch().bytes();
      }
      metrics.queueBytes(heldBytes);
    } finally {
      lock.unlock();
    }
  }

  long bytes() {
    lock.lock();
    try {
      return heldBytes;
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return isClosed;
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; what is there can still be taken out. */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns after that time, or at once when nothing more is taken. */
  void awaitClose(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!isClosed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
