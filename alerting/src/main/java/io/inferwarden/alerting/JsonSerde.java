package io.inferwarden.alerting;

import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Makes a Kafka serde of a record's JSON form; null, a tombstone, stays null. */
public final class JsonSerde {
  private JsonSerde() {}

  public static <T> Serde<T> of(Function<T, byte[]> toJson, Function<byte[], T> fromJson) {
    return Serdes.serdeFrom(
        (topic, value) -> value == null ? null : toJson.apply(value), deserializer(fromJson));
  }

  /** What only reads; null stays null here too. */
  public static <T> Deserializer<T> deserializer(Function<byte[], T> fromJson) {
    return (topic, bytes) -> bytes == null ? null : read(topic, bytes, fromJson);
  }

  private static <T> T read(String topic, byte[] bytes, Function<byte[], T> fromJson) {
    try {
      return fromJson.apply(bytes);
    } catch (IllegalArgumentException e) {
      throw new SerializationException("unreadable value in " + topic + ": " + e.getMessage(), e);
    }
  }
}
