package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class InferenceEventSerdeTest {
  private final InferenceEventSerde serde =
      new InferenceEventSerde(
          Clock.fixed(Instant.ofEpochMilli(HostileLines.NOW_MILLIS), ZoneOffset.UTC));

  @Test
  void readsWhatItWroteIntoAnEventOfItsOwn() {
    InferenceEvent event =
        new InferenceEvent().timeMillis(1_772_409_646_453L).model("m").principal("p").label("x");
    byte[] bytes = serde.serializer().serialize("events", event);

    var deserializer = serde.deserializer();
    InferenceEvent first = deserializer.deserialize("events", bytes);
    InferenceEvent second = deserializer.deserialize("events", bytes);

    SameEvent.assertSame(first, event);
    assertThat(second).isNotSameAs(first);
  }

  @Test
  void passesTombstonesThrough() {
    assertThat(serde.serializer().serialize("events", null)).isNull();
    assertThat(serde.deserializer().deserialize("events", (byte[]) null)).isNull();
  }

  @Test
  void throwsTheReasonOfTheRejection() {
    byte[] bytes = "{}".getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> serde.deserializer().deserialize("events", bytes))
        .isInstanceOf(SerializationException.class)
        .hasMessage("events: missing_field: time: expected this required field, found none");
  }
}
