package io.inferwarden.app.health;

/** The states of Kafka Streams, by its own names. */
public enum EngineState {
  CREATED,
  REBALANCING,
  RUNNING,
  PENDING_SHUTDOWN,
  NOT_RUNNING,
  PENDING_ERROR,
  ERROR;

  /** Whether it will do no more work, so that only a new process helps. */
  boolean isOver() {
    return this == NOT_RUNNING || this == PENDING_ERROR || this == ERROR;
  }
}
