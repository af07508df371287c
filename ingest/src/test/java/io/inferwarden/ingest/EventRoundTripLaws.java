package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventRoundTripLaws {
  private static final long SEED_OF_STALE_EVENT = 99;

  private final EventBinaryCodec codec = new EventBinaryCodec();
  private final EventParser parser = new EventParser();
  private final EventJsonWriter writer = new EventJsonWriter();

  @Property(tries = 2000, seed = "1")
  void binaryFormDecodesToTheSameEvent(@ForAll("events") InferenceEvent event) {
    InferenceEvent decoded = EventArbitraries.event(SEED_OF_STALE_EVENT);

    codec.decode(codec.encode(event), decoded);

    SameEvent.assertSame(decoded, event);
    assertThat(decoded.outputText().canaries()).isZero();
  }

  @Property(tries = 2000, seed = "2")
  void jsonFormParsesToTheSameEvent(@ForAll("events") InferenceEvent event) {
    InferenceEvent parsed = EventArbitraries.event(SEED_OF_STALE_EVENT);
    byte[] json = writer.write(event);

    RejectedEvent rejected = parser.parse(json, 0, json.length, event.timeMillis(), parsed);

    assertThat(rejected).isNull();
    SameEvent.assertSameAtDoor(parsed, event);
  }

  @Property(tries = 300, seed = "3")
  void binaryFormCutOffAnywhereIsRefused(@ForAll("events") InferenceEvent event) {
    byte[] bytes = codec.encode(event);
    InferenceEvent decoded = new InferenceEvent();

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> codec.decode(cut, decoded))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property(tries = 2000, seed = "4")
  void corruptBinaryFormsAreDecodedOrRefusedButNeverFatal(
      @ForAll("events") InferenceEvent event, @ForAll int where, @ForAll byte what) {
    byte[] bytes = codec.encode(event);
    bytes[Math.floorMod(where, bytes.length)] = what;
    try {
      codec.decode(bytes, new InferenceEvent());
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("must");
    }
  }

  @Provide
  Arbitrary<InferenceEvent> events() {
    return EventArbitraries.events();
  }
}
