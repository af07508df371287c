package io.inferwarden.bench;

import io.inferwarden.app.message.PaneMessage;
import io.inferwarden.app.message.PaneMessageSerde;
import io.inferwarden.app.names.Topics;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.model.PaneCounts;
import io.inferwarden.detectors.signal.Observation;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a pane of 170 events and 22 signals costs beside its events: being written as it is open, at
 * each commit; being handed on when it is over; and being read and merged by the judge of models.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PaneFlushBenchmark {
  private static final int PANE_EVENTS = 170;

  private final ModelBaseline baseline = ModelDetectorBenchmark.learned();
  private final PaneCounts pane = baseline.newPaneCounts();
  private final PaneCounts merged = baseline.newPaneCounts();
  private final StateWriter writer = new StateWriter();
  private final Serializer<PaneMessage> serializer = new PaneMessageSerde().serializer();
  private final Deserializer<PaneMessage> deserializer = new PaneMessageSerde().deserializer();
  private byte[] message = {};

  @Setup
  public void fill() {
    for (Observation each : SampleEvents.observed(PANE_EVENTS)) {
      pane.add(each);
    }
    message = handOn();
  }

  @Benchmark
  public int writeOpen() {
    writer.reset();
    pane.writeOpenTo(writer);
    return writer.size();
  }

  @Benchmark
  public byte[] handOn() {
    writer.reset();
    pane.writeTo(writer);
    return serializer.serialize(
        Topics.PANE_SUMMARIES,
        new PaneMessage.Summary(
            "bench", "bench-1", SampleEvents.START_MILLIS, writer.toBytes(), 0, 0, List.of()));
  }

  @Benchmark
  public long merge() {
    PaneMessage.Summary summary =
        (PaneMessage.Summary) deserializer.deserialize(Topics.PANE_SUMMARIES, message);
    merged.merge(PaneCounts.readFrom(new StateReader(summary.counts())));
    return merged.inputEvents();
  }
}
