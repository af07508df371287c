package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.state.ObjectStore;
import org.junit.jupiter.api.Test;

class FrequencySketchTest {
  private final ObjectStore<FrequencyBlock> blocks = Restored.empty(FrequencyBlock.CODEC);

  @Test
  void countsAFewNamesExactlyAndNoFurtherThanFifteen() {
    FrequencySketch sketch = new FrequencySketch(blocks, 1000);

    for (int i = 1; i <= 20; i++) {
      assertThat(sketch.add("m", "often")).isEqualTo(Math.min(15, i));
    }
    assertThat(sketch.add("m", "once")).isEqualTo(1);
    assertThat(sketch.add("another", "often")).isEqualTo(1);
  }

  @Test
  void forgetsNamesThatCameOnceLongAgo() {
    FrequencySketch sketch = new FrequencySketch(blocks, 1000);
    sketch.add("m", "early");

    for (int i = 0; i < 20_000; i++) {
      sketch.add("m", "other" + i);
    }

    assertThat(sketch.add("m", "early")).isEqualTo(1);
  }

  @Test
  void seldomTakesANewNameForAKnownOneHoweverManyThereAre() {
    FrequencySketch sketch = new FrequencySketch(blocks, 1000);
    int takenForKnown = 0;

    for (int i = 0; i < 100_000; i++) {
      takenForKnown += sketch.add("m", "name" + i) == 1 ? 0 : 1;
    }

    assertThat(takenForKnown).isLessThan(3_000);
    assertThat(blocks.size()).isEqualTo(128);
  }

  @Test
  void goesOnAfterARestartAsIfThereHadBeenNone() {
    FrequencySketch sketch = new FrequencySketch(blocks, 100);
    for (int i = 0; i < 500; i++) {
      sketch.add("m", "name" + i % 150);
    }
    FrequencySketch restarted =
        new FrequencySketch(Restored.copy(blocks, FrequencyBlock.CODEC), 100);

    for (int i = 0; i < 500; i++) {
      assertThat(restarted.add("m", "name" + i % 150)).isEqualTo(sketch.add("m", "name" + i % 150));
    }
  }
}
