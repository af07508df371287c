package io.inferwarden.bench.throughput;

import io.inferwarden.app.names.Topics;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The limit: consumers that read and parse, and do nothing else. */
final class ConsumeAndParse implements Contestant {
  private static final String NAME = "limit-";
  private static final Duration POLL = Duration.ofMillis(100);

  private final AtomicLong count = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean isStopped;

  ConsumeAndParse(String bootstrapServers, String group, int threadCount) {
    for (int i = 0; i < threadCount; i++) {
      threads.add(new Thread(() -> read(bootstrapServers, group), NAME + i));
    }
    threads.forEach(Thread::start);
  }

  private void read(String bootstrapServers, String group) {
    EventParser parser = new EventParser();
    InferenceEvent event = new InferenceEvent();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            config(bootstrapServers, group),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.INFERENCE_EVENTS));
      while (!isStopped) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        long now = System.currentTimeMillis();
        for (ConsumerRecord<byte[], byte[]> each : records) {
          byte[] json = each.value();
          if (parser.parse(json, 0, json.length, now, event) != null) {
            throw new IllegalStateException("an event of the benchmark must be one");
          }
        }
        count.addAndGet(records.count());
      }
    }
  }

  private static Map<String, Object> config(String bootstrapServers, String group) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * 1024 * 1024);
    config.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, 1024 * 1024);
    return config;
  }

  @Override
  public LongSupplier count() {
    return count::get;
  }

  @Override
  public boolean works(String threadName) {
    return threadName.startsWith(NAME);
  }

  @Override
  public void close() {
    isStopped = true;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
