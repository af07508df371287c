package io.inferwarden.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergedByTimeTest {
  private final List<Long> taken = new ArrayList<>();
  private final MergedByTime merged = new MergedByTime(2, event -> taken.add(event.timeMillis()));

  private void add(int partition, long... timesMillis) {
    for (long timeMillis : timesMillis) {
      merged.add(partition, new RecordedEvent(timeMillis, "m", "", new byte[0]));
    }
  }

  @Test
  void bringsPartitionsIntoOneOrderOfTime() {
    add(0, 1, 4, 6);
    add(1, 2, 3, 7);
    merged.finish(0);
    merged.finish(1);

    merged.handOn();

    assertThat(taken).containsExactly(1L, 2L, 3L, 4L, 6L, 7L);
  }

  @Test
  void waitsForAPartitionThatMayBringAnEarlierEvent() {
    add(0, 1, 4);

    merged.handOn();
    assertThat(taken).isEmpty();

    add(1, 3);
    merged.handOn();
    assertThat(taken).containsExactly(1L, 3L);

    merged.finish(1);
    merged.handOn();
    assertThat(taken).containsExactly(1L, 3L, 4L);
  }

  @Test
  void keepsTheOrderOfAPartitionWhoseEventsAreOutOfOrder() {
    add(0, 5, 2);
    add(1, 3);
    merged.finish(0);
    merged.finish(1);

    merged.handOn();

    assertThat(taken).containsExactly(3L, 5L, 2L);
  }

  @Test
  void saysWhenAPartitionIsFarAhead() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(merged.hasEnough(0)).isFalse();
      add(0, i);
    }

    assertThat(merged.hasEnough(0)).isTrue();
    assertThat(merged.hasEnough(1)).isFalse();
  }
}
