package io.inferwarden.bench;

import io.inferwarden.ingest.EventBinaryCodec;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading one event: from JSON, and from the compact form that waiting events and samples have. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventParserBenchmark {
  private static final int EVENTS = 1024;

  private final byte[][] json = SampleEvents.json(EVENTS).toArray(byte[][]::new);
  private final byte[][] binary = binary();
  private final EventParser parser = new EventParser();
  private final EventBinaryCodec codec = new EventBinaryCodec();
  private final InferenceEvent event = new InferenceEvent();
  private int next;

  private static byte[][] binary() {
    EventBinaryCodec codec = new EventBinaryCodec();
    return SampleEvents.parsed(EVENTS).stream().map(codec::encode).toArray(byte[][]::new);
  }

  @Benchmark
  public InferenceEvent json() {
    byte[] line = json[next++ & (EVENTS - 1)];
    parser.parse(line, 0, line.length, Long.MAX_VALUE, event);
    return event;
  }

  @Benchmark
  public InferenceEvent binaryForm() {
    codec.decode(binary[next++ & (EVENTS - 1)], event);
    return event;
  }
}
