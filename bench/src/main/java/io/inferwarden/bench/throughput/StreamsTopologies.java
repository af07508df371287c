package io.inferwarden.bench.throughput;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.app.names.Topics;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** What the platform is held against. */
final class StreamsTopologies {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private StreamsTopologies() {}

  /** Kafka Streams that parses, and does nothing else. */
  static Topology parse(AtomicLong count) {
    Topology topology = new Topology();
    topology
        .addSource(
            "events",
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer(),
            Topics.INFERENCE_EVENTS)
        .addProcessor("parse", () -> new Parse(count), "events");
    return topology;
  }

  private static final class Parse implements Processor<byte[], byte[], Void, Void> {
    private final AtomicLong count;
    private final EventParser parser = new EventParser();
    private final InferenceEvent event = new InferenceEvent();

    Parse(AtomicLong count) {
      this.count = count;
    }

    @Override
    public void process(Record<byte[], byte[]> taken) {
      byte[] json = taken.value();
      if (parser.parse(json, 0, json.length, System.currentTimeMillis(), event) != null) {
        throw new IllegalStateException("an event of the benchmark must be one");
      }
      count.incrementAndGet();
    }
  }

  /**
   * What a user would write: JSON serdes, grouped by model and principal, counted in windows of a
   * minute, in the default store. It counts, and detects nothing.
   */
  static Topology countByMinute(AtomicLong count) {
    StreamsBuilder builder = new StreamsBuilder();
    Serde<JsonNode> json = Serdes.serdeFrom(serializer(), deserializer());
    builder.stream(Topics.INFERENCE_EVENTS, Consumed.with(Serdes.String(), json))
        .groupBy(
            (key, event) -> event.path("model").asText() + '/' + event.path("principal").asText(),
            Grouped.with(Serdes.String(), json))
        .windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofMinutes(1)))
        .aggregate(
            () -> 0L,
            (key, event, before) -> {
              count.incrementAndGet();
              return before + 1;
            },
            Materialized.with(Serdes.String(), Serdes.Long()));
    return builder.build();
  }

  private static Serializer<JsonNode> serializer() {
    return (topic, event) -> {
      try {
        return MAPPER.writeValueAsBytes(event);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static Deserializer<JsonNode> deserializer() {
    return (topic, bytes) -> {
      try {
        return MAPPER.readTree(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
