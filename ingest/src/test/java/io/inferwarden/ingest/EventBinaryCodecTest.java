package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventBinaryCodecTest {
  private final EventBinaryCodec codec = new EventBinaryCodec();

  @Test
  void refusesAnUnknownFormatVersion() {
    byte[] bytes = codec.encode(new InferenceEvent());
    bytes[0] = 9;

    assertThatThrownBy(() -> codec.decode(bytes, new InferenceEvent()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("format version must be 2 or 3, was 9");
  }

  @Test
  void refusesBytesBehindTheEvent() {
    byte[] bytes = codec.encode(new InferenceEvent());
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);

    assertThatThrownBy(() -> codec.decode(longer, new InferenceEvent()))
        .hasMessageContaining("must end here, 1 bytes remain");
  }

  @Test
  void keepsItsFormatFromReleaseToRelease() {
    InferenceEvent event = new InferenceEvent().timeMillis(1).model("m").principal("\u4e00");
    event.operation(Operation.EMBED).inputTokens(300);
    event.features().addNumber("f", -2);

    assertThat(codec.encode(event))
        .asHexString()
        .isEqualTo(
            "03"
                + "00000220"
                + "0000000000000001"
                + "026D"
                + "034E00"
                + "04"
                + "AC02"
                + "01"
                + "026602"
                + "03"
                + "00"
                + "00");
  }

  @Test
  void readsTheFormatBefore() {
    InferenceEvent event = new InferenceEvent().timeMillis(1).model("m").principal("p").ip("i");
    event.finishReason("stop");
    byte[] bytes = codec.encode(event);
    bytes[0] = 2;
    InferenceEvent read = new InferenceEvent().network("n").guard(GuardVerdict.DENY);

    codec.decode(bytes, read);

    SameEvent.assertSame(read, event);
  }

  @Test
  void refusesInTheFormatBeforeWhatItDidNotHave() {
    byte[] bytes = codec.encode(new InferenceEvent().network("n"));
    bytes[0] = 2;

    assertThatThrownBy(() -> codec.decode(bytes, new InferenceEvent()))
        .hasMessageContaining("flags must be known");
  }

  @Test
  void refusesAGuardsVerdictThatItDoesNotKnow() {
    byte[] bytes = codec.encode(new InferenceEvent().guard(GuardVerdict.ESCALATE));
    assertThat(bytes[bytes.length - 4]).isEqualTo((byte) 5);
    bytes[bytes.length - 4] = 6;

    assertThatThrownBy(() -> codec.decode(bytes, new InferenceEvent()))
        .hasMessage("guard verdict must be 1 to 5, was 6");
  }

  @Test
  void keepsTheFormOfMeasuresFromReleaseToRelease() {
    InferenceEvent event = new InferenceEvent().timeMillis(1).model("m").principal("p");
    TextMeasures text = event.outputText().present().count(TextCount.WORDS, 300);
    text.opening(TextMark.LETTER).first(TextMark.UPPER).ending(TextMark.MARK).fingerprint(5);
    text.tactics(TextTactic.OVERRIDE.bit() | TextTactic.ENCODING.bit());
    text.headFingerprint(6).tailFingerprint(7).lineFingerprint(-1).addBucket(2).addBucket(131);

    assertThat(codec.encode(event))
        .asHexString()
        .endsWith(
            "00AC020000"
                + "0000000000"
                + "060A0D"
                + "0000000000000005"
                + "81"
                + "0000000000000006"
                + "0000000000000007"
                + "FFFFFFFFFFFFFFFF"
                + "02028001");
  }

  @Test
  void isMuchSmallerThanJson() {
    InferenceEvent event = EventArbitraries.event(5);

    assertThat(codec.encode(event).length)
        .isLessThan(new EventJsonWriter().write(event).length * 3 / 4);
  }
}
