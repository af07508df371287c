package io.inferwarden.app.cluster;

import io.inferwarden.app.health.HealthReport;

/** One of the works that a process can do. */
interface Part extends AutoCloseable {
  void start();

  /** How it is now, for the probes. */
  HealthReport report();

  /** False when it has ended by itself, for good. */
  boolean isAtWork();

  @Override
  void close();
}
