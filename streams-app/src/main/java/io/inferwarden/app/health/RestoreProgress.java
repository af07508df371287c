package io.inferwarden.app.health;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * How far the restore of state has come. A restore begins when a first store is to be restored and
 * ends when none is.
 *
 * <p>Thread-safe: several threads restore.
 */
public final class RestoreProgress implements StateRestoreListener {

  /** Hears of what is restored. */
  public interface Counts {
    void restored(long records);

    void restoreEnded(double seconds);
  }

  /** How much is left and for how long nothing was restored; 0 when nothing is left. */
  record Left(long records, long stillNanos) {}

  private static final class Open {
    private final long end;
    private long next;

    private Open(long next, long end) {
      this.next = next;
      this.end = end;
    }
  }

  private final Map<TopicPartition, Open> open = new HashMap<>();
  private final Counts counts;
  private final LongSupplier nanoClock;
  private long beganNanos;
  private long movedNanos;

  public RestoreProgress(Counts counts, LongSupplier nanoClock) {
    this.counts = counts;
    this.nanoClock = nanoClock;
  }

  @Override
  public synchronized void onRestoreStart(
      TopicPartition partition, String store, long startingOffset, long endingOffset) {
    movedNanos = nanoClock.getAsLong();
    if (open.isEmpty()) {
      beganNanos = movedNanos;
    }
    open.put(partition, new Open(startingOffset, endingOffset));
  }

  @Override
  public synchronized void onBatchRestored(
      TopicPartition partition, String store, long batchEndOffset, long restored) {
    movedNanos = nanoClock.getAsLong();
    Open progress = open.get(partition);
    if (progress != null) {
      progress.next = batchEndOffset + 1;
    }
    counts.restored(restored);
  }

  @Override
  public synchronized void onRestoreEnd(
      TopicPartition partition, String store, long totalRestored) {
    close(partition);
  }

  @Override
  public synchronized void onRestoreSuspended(
      TopicPartition partition, String store, long totalRestored) {
    close(partition);
  }

  private void close(TopicPartition partition) {
    movedNanos = nanoClock.getAsLong();
    if (open.remove(partition) != null && open.isEmpty()) {
      counts.restoreEnded((movedNanos - beganNanos) / 1e9);
    }
  }

  /** Records that are to be restored before work goes on. */
  public synchronized long remaining() {
    return open.values().stream().mapToLong(each -> Math.max(0, each.end - each.next)).sum();
  }

  synchronized Left left(long nowNanos) {
    return open.isEmpty()
        ? new Left(0, 0)
        : new Left(remaining(), Math.max(0, nowNanos - movedNanos));
  }
}
