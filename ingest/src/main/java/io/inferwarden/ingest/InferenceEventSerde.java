package io.inferwarden.ingest;

import io.inferwarden.ingest.RejectedEvent.Reason;
import java.time.Clock;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Events in Kafka records as JSON. Every record makes an event of its own; code that handles many
 * reads bytes and calls {@link EventParser} with one reused event instead.
 */
public final class InferenceEventSerde implements Serde<InferenceEvent> {
  private final EventJsonWriter writer = new EventJsonWriter();
  private final Clock clock;

  /**
   * @param clock the present, for telling future-dated events
   */
  public InferenceEventSerde(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Serializer<InferenceEvent> serializer() {
    return (topic, event) -> write(event);
  }

  /** A deserialiser for one thread. */
  @Override
  public Deserializer<InferenceEvent> deserializer() {
    EventParser parser = new EventParser();
    return (topic, bytes) -> read(parser, topic, bytes);
  }

  private byte @Nullable [] write(@Nullable InferenceEvent event) {
    return event == null ? null : writer.write(event);
  }

  private @Nullable InferenceEvent read(EventParser parser, String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    InferenceEvent event = new InferenceEvent();
    RejectedEvent rejected = parser.parse(bytes, 0, bytes.length, clock.millis(), event);
    if (rejected != null) {
      Reason reason = rejected.reason();
      throw new SerializationException(topic + ": " + reason.code() + ": " + rejected.message());
    }
    return event;
  }
}
