package io.inferwarden.app.processor;

import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * A stage of the pass over a partition's events. The stages call each other, one event after the
 * other, since a box of the topology of its own for each would cost as much as the work that it
 * does.
 */
interface WatchedStage {
  /**
   * Takes up the state of a partition, before anything else.
   *
   * @param context of the box that the stages are in
   */
  void init(ProcessorContext<String, Object> context);

  void hear(Watched watched);

  /** Leaves the partition. */
  default void close() {}
}
