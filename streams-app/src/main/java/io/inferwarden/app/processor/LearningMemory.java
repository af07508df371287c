package io.inferwarden.app.processor;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of an instance's heap may hold what models are learned from. The learners of all its
 * partitions share one bound on samples, since models come to them unevenly; events that wait for a
 * baseline have a bound for each partition. Thread-safe.
 */
final class LearningMemory {
  /** Part of the heap for samples, and for waiting events of all partitions together. */
  private static final int SAMPLES_PART = 4;

  private static final int WAITING_PART = 6;

  /**
   * What an event takes on the heap beside its bytes: its place in the store, key, names and
   * headers of objects. Measured with a class histogram of a million samples.
   */
  private static final int BESIDE_EVENT_BYTES = 256;

  private final long heapBytes;
  private final long sampleBytes;
  private final AtomicLong sampleBytesTaken = new AtomicLong();

  private LearningMemory(long heapBytes) {
    this.heapBytes = heapBytes;
    this.sampleBytes = heapBytes / SAMPLES_PART;
  }

  /** Of this JVM. */
  static LearningMemory ofThisProcess() {
    return ofHeap(Runtime.getRuntime().maxMemory());
  }

  /** Of a JVM whose heap has at most so many bytes. */
  static LearningMemory ofHeap(long heapBytes) {
    return new LearningMemory(heapBytes);
  }

  /** What an event takes that is kept in its compact form, bytes. */
  static int bytesOf(byte[] event) {
    return event.length + BESIDE_EVENT_BYTES;
  }

  /** Bytes of events that may wait in one of so many partitions, all of which may come here. */
  long waitingBytes(int partitions) {
    return heapBytes / WAITING_PART / partitions;
  }

  /** Megabytes that samples may take in all. */
  long sampleMegabytes() {
    return sampleBytes >> 20;
  }

  /** Says that samples take so many bytes more, or less where negative. */
  void takeForSamples(long bytes) {
    sampleBytesTaken.addAndGet(bytes);
  }

  /** Whether samples take more than they may: then some must be given up. */
  boolean isOverdrawn() {
    return sampleBytesTaken.get() > sampleBytes;
  }
}
