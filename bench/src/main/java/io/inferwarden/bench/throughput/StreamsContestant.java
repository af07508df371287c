package io.inferwarden.bench.throughput;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** A topology that counts the events that have come to its end. */
final class StreamsContestant implements Contestant {
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  private final KafkaStreams streams;
  private final AtomicLong count;

  /**
   * @param count raised by the topology
   * @param more settings beside where the cluster and the state are
   */
  StreamsContestant(
      Topology topology,
      AtomicLong count,
      String bootstrapServers,
      String application,
      int threads,
      Path stateFolder,
      Properties more) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, stateFolder.toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.putAll(more);
    this.count = count;
    this.streams = new KafkaStreams(topology, properties);
    streams.start();
  }

  static boolean isStreamThread(String name) {
    return name.contains("-StreamThread-");
  }

  @Override
  public LongSupplier count() {
    return count::get;
  }

  @Override
  public boolean works(String threadName) {
    return isStreamThread(threadName);
  }

  @Override
  public void close() {
    streams.close(CLOSE_TIMEOUT);
  }
}
