package io.inferwarden.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.book.TopicBook;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FollowedTopicTest {
  private static final String TOPIC = "incident-book";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final Deque<MockConsumer<byte[], byte[]>> consumers = new ArrayDeque<>();
  private final Heard heard = new Heard();
  private final FollowedTopic followed = new FollowedTopic(consumers::removeFirst, TOPIC, heard);

  /** Writes down what a book is told, in words. */
  private static final class Heard implements TopicBook {
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
    private long reached = -1;

    @Override
    public void accept(String key, byte[] value, long offset) {
      words.add(key + (value == null ? " gone" : "") + " at " + offset);
    }

    @Override
    public void reached(long nextOffset) {
      if (nextOffset != reached) {
        words.add("reached " + nextOffset);
      }
      reached = nextOffset;
    }

    @Override
    public void clear() {
      words.add("clear");
    }

    String next() throws InterruptedException {
      String next = words.poll(20, TimeUnit.SECONDS);
      return next == null ? "nothing" : next;
    }
  }

  @AfterEach
  void stop() {
    followed.close();
  }

  /** A topic with records at these offsets. */
  private MockConsumer<byte[], byte[]> consumer(long end, long... offsets) {
    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.updateEndOffsets(Map.of(PARTITION, end));
    consumer.schedulePollTask(
        () -> {
          for (long offset : offsets) {
            consumer.addRecord(taken(offset, new byte[] {1}));
          }
        });
    consumers.add(consumer);
    return consumer;
  }

  private static ConsumerRecord<byte[], byte[]> taken(long offset, byte[] value) {
    return new ConsumerRecord<>(
        TOPIC, 0, offset, ("k" + offset).getBytes(StandardCharsets.UTF_8), value);
  }

  @Test
  void readsFromTheBeginningAndSaysWhenItHasCaughtUp() throws Exception {
    MockConsumer<byte[], byte[]> consumer = consumer(2, 0, 1);

    followed.start();

    assertThat(List.of(heard.next(), heard.next(), heard.next()))
        .containsExactly("k0 at 0", "k1 at 1", "reached 2");

    consumer.schedulePollTask(() -> consumer.addRecord(taken(2, null)));

    assertThat(List.of(heard.next(), heard.next())).containsExactly("k2 gone at 2", "reached 3");
  }

  @Test
  void anEmptyTopicIsCaughtUpAtOnce() throws Exception {
    consumer(0);

    followed.start();

    assertThat(heard.next()).isEqualTo("reached 0");
  }

  @Test
  void afterAFailureItGoesOnWhereItWasWithAnotherConsumer() throws Exception {
    MockConsumer<byte[], byte[]> failing = consumer(1, 0);
    failing.schedulePollTask(
        () -> {
          throw new KafkaException("the broker is away");
        });
    consumer(2, 0, 1);

    followed.start();

    assertThat(List.of(heard.next(), heard.next(), heard.next(), heard.next()))
        .containsExactly("k0 at 0", "reached 1", "k1 at 1", "reached 2");
    assertThat(failing.closed()).isTrue();
  }

  @Test
  void aTopicThatIsAnotherOneIsReadAnew() throws Exception {
    MockConsumer<byte[], byte[]> before = consumer(1, 0);
    before.schedulePollTask(
        () -> {
          throw new OffsetOutOfRangeException(Map.of(PARTITION, 1L));
        });
    consumer(1, 0);

    followed.start();

    assertThat(List.of(heard.next(), heard.next(), heard.next(), heard.next()))
        .containsExactly("k0 at 0", "reached 1", "clear", "k0 at 0");
  }

  @Test
  void stopsWhenClosed() throws Exception {
    MockConsumer<byte[], byte[]> consumer = consumer(0);
    followed.start();
    assertThat(heard.next()).isEqualTo("reached 0");

    followed.close();

    assertThat(followed.isAlive()).isFalse();
    assertThat(consumer.closed()).isTrue();
  }
}
