package io.inferwarden.ingest.collector.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.ingest.door.KeptText;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchCodecTest {
  private static final LogBatch BATCH =
      new LogBatch(
          List.of(
              Batches.event("a", null),
              Batches.event(
                  "b", new KeptText("b", 3, "m", "p", "gefragt: \u20ac \ud83d\ude00", null))),
          List.of(Batches.companion()),
          0);

  @Test
  void readsWhatItWrote() throws IOException {
    byte[] bytes = BatchCodec.encode(BATCH);

    LogBatch read = BatchCodec.decode(bytes, 0, bytes.length);

    assertThat(read).usingRecursiveComparison().ignoringFields("bytes").isEqualTo(BATCH);
  }

  @Test
  void bytesOfSomethingElseAreRefused() {
    byte[] bytes = BatchCodec.encode(BATCH);
    SplittableRandom random = new SplittableRandom(11);

    for (int length = 0; length < bytes.length; length++) {
      int cut = length;
      assertThatThrownBy(() -> BatchCodec.decode(bytes, 0, cut)).isInstanceOf(IOException.class);
    }
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = bytes.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      try {
        BatchCodec.decode(changed, 0, changed.length);
      } catch (IOException expected) {
        refused++;
      }
    }
    assertThat(refused).isBetween(100, 19_900);
  }
}
