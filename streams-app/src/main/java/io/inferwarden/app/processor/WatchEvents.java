package io.inferwarden.app.processor;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * All that happens to the events of a partition where they are read: bytes become an event, it
 * meets the baselines of its model, its principal is judged, and it is counted in its pane.
 */
final class WatchEvents implements Processor<byte[], byte[], String, Object> {
  private final ReadEvents reading;
  private final AwaitBaseline joining;
  private final WatchedStage judging;
  private final WatchedStage counting;

  /**
   * @param reading hands on to {@code joining}, that to {@code judging}, and so on
   */
  WatchEvents(
      ReadEvents reading, AwaitBaseline joining, WatchedStage judging, WatchedStage counting) {
    this.reading = reading;
    this.joining = joining;
    this.judging = judging;
    this.counting = counting;
  }

  @Override
  public void init(ProcessorContext<String, Object> context) {
    counting.init(context);
    judging.init(context);
    joining.init(context);
    reading.init(context);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    reading.read(record);
  }

  @Override
  public void close() {
    joining.close();
    judging.close();
    counting.close();
  }
}
