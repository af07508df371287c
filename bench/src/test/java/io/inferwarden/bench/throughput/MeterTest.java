package io.inferwarden.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class MeterTest {
  /** Counts as long as it is not closed, and takes a known amount of memory for each event. */
  private static final class Counting implements Contestant {
    private static final int BYTES = 1_000;

    private final AtomicLong count = new AtomicLong();
    private final Thread worker = new Thread(this::work, "counting");
    private volatile boolean isStopped;
    private volatile byte[] kept = {};

    void work() {
      while (!isStopped) {
        kept = new byte[BYTES];
        count.incrementAndGet();
      }
    }

    @Override
    public LongSupplier count() {
      return count::get;
    }

    @Override
    public boolean works(String threadName) {
      return threadName.equals("counting");
    }

    @Override
    public void close() {
      isStopped = true;
      try {
        worker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void chargesAnEventWithWhatTheWorkersTook() throws InterruptedException {
    try (Counting counting = new Counting()) {
      counting.worker.start();

      Meter.Reading reading = new Meter(counting).measure(1_000, 2_000_000, Duration.ofMinutes(1));

      assertThat(counting.kept).hasSize(Counting.BYTES);
      assertThat(reading.bytesPerEvent()).isBetween(1_000.0, 1_100.0);
      assertThat(reading.nanosPerEvent()).isPositive();
    }
  }

  @Test
  void endsAfterItsLongestTime() throws InterruptedException {
    try (Counting counting = new Counting()) {
      counting.worker.start();

      Meter.Reading reading =
          new Meter(counting).measure(1_000, Long.MAX_VALUE, Duration.ofMillis(50));

      assertThat(reading.events()).isPositive();
      assertThat(reading.eventsPerSecond()).isPositive();
    }
  }

  @Test
  void aReadingComesBackFromItsLine() {
    Meter.Reading reading = new Meter.Reading(3_000_000, 61_234.5, 7_512.25, 3_001.125);

    assertThat(Meter.Reading.parse(reading.toLine())).isEqualTo(reading);
  }
}
