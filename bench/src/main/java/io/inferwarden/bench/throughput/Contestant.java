package io.inferwarden.bench.throughput;

import java.util.function.LongSupplier;

/** Something that reads the events. */
interface Contestant extends AutoCloseable {
  /** Events that it has dealt with; asked from another thread. */
  LongSupplier count();

  /** Whether a thread does its work: those of which processor time and memory count. */
  boolean works(String threadName);

  @Override
  void close();
}
