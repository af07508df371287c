package io.inferwarden.ingest.collector;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts requests that are not answered yet, up to a limit, until the collector closes. */
final class RequestsInFlight {
  /** Whether a request may go on. */
  enum Entry {
    ENTERED,
    FULL,
    CLOSING
  }

  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition empty = lock.newCondition();
  private int count;
  private boolean isClosing;

  RequestsInFlight(int limit) {
    this.limit = limit;
  }

  Entry enter() {
    lock.lock();
    try {
      if (isClosing) {
        return Entry.CLOSING;
      }
      if (count == limit) {
        return Entry.FULL;
      }
      count++;
      return Entry.ENTERED;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      count--;
      if (count == 0) {
        empty.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets no more in. */
  void close() {
    lock.lock();
    try {
      isClosing = true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all have left; how many have not when the time is over. */
  int awaitNone(Duration time) throws InterruptedException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(time.toMillis());
    lock.lock();
    try {
      while (count > 0 && nanos > 0) {
        nanos = empty.awaitNanos(nanos);
      }
      return count;
    } finally {
      lock.unlock();
    }
  }
}
