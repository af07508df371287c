package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.state.ObjectStore;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberedIdsTest {
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final int MAXIMUM = 3_000;
  private static final long START = 1_772_323_200_000L;

  private final ObjectStore<IdSegment> store = Restored.empty(IdSegment.CODEC);
  private final RememberedIds ids = new RememberedIds(store, WINDOW, MAXIMUM);

  @Test
  void tellsARepeatedIdFromANewOne() {
    assertThat(ids.isDuplicate(1, START)).isFalse();
    assertThat(ids.isDuplicate(2, START)).isFalse();
    assertThat(ids.isDuplicate(1, START + 5)).isTrue();
    assertThat(ids.isDuplicate(1, START + WINDOW.toMillis() + 1)).isFalse();
  }

  @Test
  void keepsOnlyTheSegmentsThatHoldRememberedIds() {
    for (int i = 0; i < 20_000; i++) {
      ids.isDuplicate(i, START + i);
    }

    assertThat(store.sortedKeys())
        .hasSizeLessThanOrEqualTo(MAXIMUM / IdSegment.CAPACITY + 2)
        .isNotEmpty();
  }

  /** Around the borders of a segment, and after the oldest ids were forgotten. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 1_024, 2_999, 3_000, 3_001, 9_000})
  void goesOnIdenticallyAfterARestore(int before) {
    SplittableRandom random = new SplittableRandom(5);
    feed(random, ids, before);

    RememberedIds restored =
        new RememberedIds(Restored.copy(store, IdSegment.CODEC), WINDOW, MAXIMUM);

    for (int i = 0; i < 8_000; i++) {
      long id = random.nextInt(6_000);
      long time = START + before * 20L + i * 20L;
      assertThat(restored.isDuplicate(id, time)).isEqualTo(ids.isDuplicate(id, time));
    }
  }

  private static void feed(SplittableRandom random, RememberedIds ids, int events) {
    for (int i = 0; i < events; i++) {
      ids.isDuplicate(random.nextInt(6_000), START + i * 20L);
    }
  }
}
