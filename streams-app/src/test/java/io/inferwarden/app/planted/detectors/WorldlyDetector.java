package io.inferwarden.app.planted.detectors;

import io.inferwarden.app.planted.ingest.NosyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.streams.Topology;

/** Planted: a detector that knows files, threads, Kafka and another module. */
public final class WorldlyDetector {
  private WorldlyDetector() {}

  static byte[] model(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  static ExecutorService threads() {
    return Executors.newFixedThreadPool(1, Thread::new);
  }

  static Topology topology(NosyEvent event) {
    return event == null ? new Topology() : null;
  }
}
