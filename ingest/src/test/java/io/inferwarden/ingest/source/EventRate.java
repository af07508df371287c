package io.inferwarden.ingest.source;

import io.inferwarden.ingest.EventBinaryCodec;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prints what reading a file of events costs: lines alone, JSON, JSON with feature fingerprints,
 * and the binary form. Thread CPU time, so that a busy machine matters less. Argument: the file.
 */
final class EventRate {
  private static final int ROUNDS = 12;

  private final List<byte[]> json = new ArrayList<>();
  private final List<byte[]> binary = new ArrayList<>();
  private final EventParser parser = new EventParser();
  private final EventBinaryCodec codec = new EventBinaryCodec();
  private final InferenceEvent event = new InferenceEvent();
  private long sink;

  private EventRate() {}

  public static void main(String[] arguments) throws IOException {
    new EventRate().run(Path.of(arguments[0]));
  }

  private void run(Path file) throws IOException {
    load(file);
    report("json", this::parse);
    report("json and fingerprint", bytes -> parse(bytes) + event.features().fingerprint());
    List<byte[]> lines = List.copyOf(json);
    json.clear();
    json.addAll(binary);
    report("binary", this::decode);
    System.out.println(lines.size() + " events, sink " + sink);
  }

  private void load(Path file) throws IOException {
    for (int round = 0; round < 3; round++) {
      json.clear();
      binary.clear();
      long bytes = 0;
      long start = cpuNanos();
      try (EventFileReader reader = EventFileReader.open(file)) {
        while (reader.next()) {
          bytes += reader.length() + 1;
        }
      }
      System.out.printf("lines: %.0f MB/s%n", bytes * 1e3 / (cpuNanos() - start));
    }
    try (EventFileReader reader = EventFileReader.open(file)) {
      while (reader.next()) {
        int end = reader.offset() + reader.length();
        byte[] line = Arrays.copyOfRange(reader.line(), reader.offset(), end);
        json.add(line);
        parse(line);
        binary.add(codec.encode(event));
      }
    }
  }

  private interface Work {
    long of(byte[] bytes);
  }

  private void report(String name, Work work) {
    double best = Double.POSITIVE_INFINITY;
    long allocated = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = cpuNanos();
      long allocatedBefore = allocatedBytes();
      for (byte[] bytes : json) {
        sink += work.of(bytes);
      }
      best = Math.min(best, (double) (cpuNanos() - start) / json.size());
      allocated = (allocatedBytes() - allocatedBefore) / json.size();
    }
    long bytes = json.stream().mapToLong(line -> line.length).sum() / json.size();
    System.out.printf("%s: %.0f ns/event, %d B allocated, of %d B%n", name, best, allocated, bytes);
  }

  private long parse(byte[] bytes) {
    if (parser.parse(bytes, 0, bytes.length, Long.MAX_VALUE, event) != null) {
      throw new IllegalArgumentException("the file must hold only events");
    }
    return event.timeMillis();
  }

  private long decode(byte[] bytes) {
    codec.decode(bytes, event);
    return event.timeMillis();
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }
}
