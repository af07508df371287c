package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DuplicateWindowTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void findsARepetitionWithinTheWindowOnly() {
    DuplicateWindow window = new DuplicateWindow(MINUTE, 10);

    assertThat(window.isDuplicate(5, 100_000)).isFalse();
    assertThat(window.isDuplicate(5, 160_000)).isTrue();
    assertThat(window.isDuplicate(5, 40_000)).isTrue();
    assertThat(window.isDuplicate(5, 160_001)).isFalse();
    assertThat(window.isDuplicate(5, 220_001)).isTrue();
  }

  @Test
  void forgetsTheOldestBeyondTheMaximum() {
    DuplicateWindow window = new DuplicateWindow(MINUTE, 3);
    for (long id = 1; id <= 4; id++) {
      window.isDuplicate(id, 0);
    }

    assertThat(window.size()).isEqualTo(3);
    assertThat(window.oldestSequence()).isEqualTo(1);
    assertThat(window.isDuplicate(2, 0)).isTrue();
    assertThat(window.isDuplicate(1, 0)).isFalse();
  }

  @Test
  void aFutureDatedEventDoesNotEmptyIt() {
    DuplicateWindow window = new DuplicateWindow(MINUTE, 10);
    window.isDuplicate(1, 0);
    window.isDuplicate(2, 3_600_000);

    assertThat(window.isDuplicate(1, 0)).isTrue();
  }

  @Test
  void agreesWithAPlainMapOverManyIdsAndReuses() {
    int maximumIds = 5000;
    DuplicateWindow window = new DuplicateWindow(MINUTE, maximumIds);
    Map<Long, long[]> newest = new HashMap<>();
    Random random = new Random(11);
    long sequence = 0;

    for (int i = 0; i < 200_000; i++) {
      long id = random.nextInt(8000);
      long time = i * 10L + random.nextInt(40_000);
      long[] entry = newest.get(id);
      boolean isKept = entry != null && entry[0] >= sequence - maximumIds;
      boolean expected = isKept && Math.abs(entry[1] - time) <= 60_000;
      assertThat(window.isDuplicate(id, time)).isEqualTo(expected);
      if (!expected) {
        newest.put(id, new long[] {sequence++, time});
      }
    }
    assertThat(window.nextSequence()).isEqualTo(sequence);
  }

  @Test
  void restoringTheEntriesGivesTheSameFuture() {
    DuplicateWindow window = new DuplicateWindow(MINUTE, 3000);
    Map<Long, long[]> persisted = new HashMap<>();
    Random random = new Random(13);
    long persistedUpTo = 0;
    for (int i = 0; i < 20_000; i++) {
      window.isDuplicate(random.nextInt(4000), i * 10L + random.nextInt(100_000));
      if (i % 777 == 0 || i == 19_999) {
        window.forEachSince(
            persistedUpTo,
            (sequence, hash, time) -> persisted.put(sequence, new long[] {hash, time}));
        persistedUpTo = window.nextSequence();
      }
    }

    DuplicateWindow restored = new DuplicateWindow(MINUTE, 3000);
    for (long at = window.oldestSequence(); at < window.nextSequence(); at++) {
      restored.restore(at, persisted.get(at)[0], persisted.get(at)[1]);
    }

    assertThat(restored.oldestSequence()).isEqualTo(window.oldestSequence());
    for (int i = 0; i < 20_000; i++) {
      long id = random.nextInt(4000);
      long time = 200_000 + i * 10L + random.nextInt(100_000);
      assertThat(restored.isDuplicate(id, time)).isEqualTo(window.isDuplicate(id, time));
    }
    assertThat(entries(restored)).isEqualTo(entries(window));
  }

  @Test
  void restoringMoreThanTheMaximumKeepsTheNewest() {
    DuplicateWindow window = new DuplicateWindow(MINUTE, 2);
    window.restore(70, 1, 0);
    window.restore(71, 2, 0);
    window.restore(72, 3, 0);

    assertThat(window.oldestSequence()).isEqualTo(71);
    assertThat(window.isDuplicate(3, 0)).isTrue();
    assertThat(window.isDuplicate(1, 0)).isFalse();
  }

  @Test
  void refusesToRestoreWithAGap() {
    DuplicateWindow window = new DuplicateWindow(MINUTE, 10);
    window.restore(7, 1, 0);

    assertThatThrownBy(() -> window.restore(9, 2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sequence must be 8, was 9");
  }

  @Test
  void refusesSenselessSizes() {
    assertThatThrownBy(() -> new DuplicateWindow(Duration.ZERO, 1))
        .hasMessageContaining("window must be at least 1 ms");
    assertThatThrownBy(() -> new DuplicateWindow(MINUTE, 0))
        .hasMessageContaining("maximumIds must be 1 to");
  }

  @Test
  void hashOfAnIdNeverChangesAndDoesNotCollide() {
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      hashes.add(DuplicateWindow.hash("adult-logreg-s12-" + i));
    }

    assertThat(hashes).hasSize(200_000);
    assertThat(DuplicateWindow.hash("AaBB")).isNotEqualTo(DuplicateWindow.hash("BBAa"));
    assertThat(DuplicateWindow.hash("")).isEqualTo(-2152535657050944081L);
    assertThat(DuplicateWindow.hash("01J-é")).isEqualTo(3940462965446982612L);
  }

  private static List<List<Long>> entries(DuplicateWindow window) {
    List<List<Long>> entries = new ArrayList<>();
    window.forEachSince(0, (sequence, hash, time) -> entries.add(List.of(sequence, hash, time)));
    return entries;
  }
}
