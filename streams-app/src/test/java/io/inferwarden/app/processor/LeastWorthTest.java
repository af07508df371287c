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
    assertThat(PrincipalPlace.lastingMillis(1)).isZero();
    assertThat(PrincipalPlace.lastingMillis(8)).isEqualTo(3 * DAY_MILLIS);
    assertThat(PrincipalPlace.lastingMillis(1_000_000)).isEqualTo(PrincipalPlace.lastingMillis(15));
  }

  @Test
  void alwaysFindsTheOneThatFadesFirstWhateverHappenedBefore() {
    Random random = new Random(3);
    List<PrincipalPlace<FakeTracked>> places = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      places.add(place("k" + i, random));
    }
    LeastWorth<FakeTracked> ordered = new LeastWorth<>(places);

    for (int step = 0; step < 5_000; step++) {
      PrincipalPlace<FakeTracked> any = places.get(random.nextInt(places.size()));
      FakeTracked tracked = any.slot.value();
      switch (random.nextInt(4)) {
        case 0 -> {
          PrincipalPlace<FakeTracked> added = place("n" + step, random);
          places.add(added);
          ordered.add(added);
        }
        case 1 -> {
          any.slot.set(FakeTracked.of(random.nextInt(1000), 1));
          ordered.lowered(any);
        }
        case 2 ->
            any.slot.set(
                FakeTracked.of(tracked.lastMillis() + random.nextInt(1000), tracked.events() + 1));
        default -> {
          PrincipalPlace<FakeTracked> least = ordered.least();
          assertThat(least)
              .isSameAs(
                  places.stream()
                      .min(
                          Comparator.comparingLong(PrincipalPlace<FakeTracked>::fadesAtMillis)
                              .thenComparing(place -> place.key))
                      .orElseThrow());
          if (places.size() > 30) {
            ordered.removeLeast();
            places.remove(least);
          }
        }
      }
    }
  }

  private PrincipalPlace<FakeTracked> place(String key, Random random) {
    ObjectStore<FakeTracked>.Slot slot = store.slot(key);
    slot.set(FakeTracked.of(random.nextInt(1000), 1 + random.nextInt(20)));
    return new PrincipalPlace<>(key, slot);
  }
}
