package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample of a pane is that of the smallest hashes, however its events are partitioned. */
class LearningPanesLaws {
  private static final int SAMPLE = LearningPanes.PANE_SAMPLE;

  private static long[] hashes(SplittableRandom random, int count) {
    long[] hashes = new long[count];
    for (int i = 0; i < count; i++) {
      // every tenth is a repetition, as when a client sends an id again
      hashes[i] = i % 10 == 9 ? hashes[random.nextInt(i)] : random.nextLong();
    }
    return hashes;
  }

  private static long[] kept(LearningPanes.Pane pane) {
    return Arrays.copyOf(pane.smallest, pane.size);
  }

  private static long[] smallest(long[] hashes) {
    long[] sorted = hashes.clone();
    Arrays.sort(sorted);
    return Arrays.copyOf(sorted, Math.min(SAMPLE, sorted.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 255, 256, 257, 1_000, 5_000})
  void keepsTheSmallestHashesInOrderAndCountsAll(int events) {
    long[] hashes = hashes(new SplittableRandom(11), events);
    LearningPanes.Pane pane = new LearningPanes.Pane();

    for (long hash : hashes) {
      pane.offer(hash);
    }

    assertThat(kept(pane)).isEqualTo(smallest(hashes));
    assertThat(pane.events).isEqualTo(events);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theSmallestOfAllPartitionsTogetherAreTheSmallestOfTheWhole(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int partitions = 1 + random.nextInt(8);
    long[] hashes = hashes(random, 50 + random.nextInt(4_000));
    LearningPanes.Pane[] panes = new LearningPanes.Pane[partitions];
    Arrays.setAll(panes, partition -> new LearningPanes.Pane());
    List<Long> handedOn = new ArrayList<>();

    for (long hash : hashes) {
      if (panes[random.nextInt(partitions)].offer(hash)) {
        handedOn.add(hash);
      }
    }

    long[] merged = smallest(handedOn.stream().mapToLong(Long::longValue).toArray());
    assertThat(merged).isEqualTo(smallest(hashes));
    assertThat(Arrays.stream(panes).mapToLong(pane -> pane.events).sum()).isEqualTo(hashes.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 20, 255, 256, 700})
  void goesOnIdenticallyAfterARestore(int before) {
    SplittableRandom random = new SplittableRandom(23);
    LearningPanes learning = new LearningPanes();
    LearningPanes.Pane pane = new LearningPanes.Pane();
    learning.panes.put(3_600_000L, pane);
    for (long hash : hashes(random, before)) {
      pane.offer(hash);
    }

    LearningPanes.Pane restored =
        Restored.throughBytes(LearningPanes.CODEC, learning).panes.get(3_600_000L);

    for (long hash : hashes(random, 600)) {
      assertThat(restored.offer(hash)).isEqualTo(pane.offer(hash));
    }
    assertThat(kept(restored)).isEqualTo(kept(pane));
    assertThat(restored.events).isEqualTo(pane.events);
  }

  @Test
  void takesNoHashThatIsLargerThanAllOfAFullSample() {
    LearningPanes.Pane pane = new LearningPanes.Pane();
    for (int hash = 0; hash < SAMPLE; hash++) {
      assertThat(pane.offer(hash)).isTrue();
    }

    assertThat(pane.offer(SAMPLE)).isFalse();
    assertThat(pane.offer(SAMPLE - 1)).as("as large as the largest").isFalse();
    assertThat(pane.offer(-1)).isTrue();
    assertThat(pane.size).isEqualTo(SAMPLE);
  }
}
