package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.state.ObjectStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeastWorthTest {
  private static final long DAY_MILLIS = 86_400_000;

  private final ObjectStore<FakeTracked> store = Restored.empty(FakeTracked.CODEC);

  @Test
  void eventsLastADayForEachHalvingButNotMoreThanFifteenOfThem() {
    assertThat(Worth.lastingMillis(1)).isZero();
    assertThat(Worth.lastingMillis(8)).isEqualTo(3 * DAY_MILLIS);
    assertThat(Worth.lastingMillis(1_000_000)).isEqualTo(Worth.lastingMillis(15));
  }

  @Test
  void alwaysFindsTheOneThatFadesFirstWhateverHappenedBefore() {
    Random random = new Random(3);
    List<ObjectStore<FakeTracked>.Slot> places = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      places.add(place("k" + i, random));
    }
    LeastWorth<FakeTracked> ordered = new LeastWorth<>(store);

    for (int step = 0; step < 5_000; step++) {
      ObjectStore<FakeTracked>.Slot any = places.get(random.nextInt(places.size()));
      FakeTracked tracked = any.value();
      switch (random.nextInt(4)) {
        case 0 -> {
          ObjectStore<FakeTracked>.Slot added = place("n" + step, random);
          places.add(added);
          ordered.begins(added);
        }
        case 1 -> {
          any.set(FakeTracked.of(random.nextInt(1000), 1));
          ordered.begins(any);
        }
        case 2 ->
            any.set(
                FakeTracked.of(tracked.lastMillis() + random.nextInt(1000), tracked.events() + 1));
        default -> {
          ObjectStore<FakeTracked>.Slot least = ordered.least();
          assertThat(least).isSameAs(first(places));
          if (places.size() > 30) {
            assertThat(ordered.removeLeast()).isSameAs(least);
            store.delete(least.key());
            places.remove(least);
          }
        }
      }
    }
  }

  private static ObjectStore<FakeTracked>.Slot first(List<ObjectStore<FakeTracked>.Slot> places) {
    return places.stream()
        .min(
            Comparator.comparingLong(LeastWorthTest::fadesAtMillis)
                .thenComparing(ObjectStore.Slot::key))
        .orElseThrow();
  }

  private static long fadesAtMillis(ObjectStore<FakeTracked>.Slot place) {
    return Worth.fadesAtMillis(place.value());
  }

  private ObjectStore<FakeTracked>.Slot place(String key, Random random) {
    ObjectStore<FakeTracked>.Slot place = store.slot(key);
    place.set(FakeTracked.of(random.nextInt(1000), 1 + random.nextInt(20)));
    return place;
  }
}
