package io.inferwarden.app.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObjectStoreTest {
  private final ChangelogContext changelog = new ChangelogContext();
  private final ObjectStore<Long> store = opened(true);

  private ObjectStore<Long> opened(boolean logged) {
    ObjectStore<Long> made = new ObjectStoreBuilder<>("counts", StateCodec.LONG, logged).build();
    made.init(changelog.context(), made);
    return made;
  }

  private static String entry(String key, long value) {
    return key + "=01" + hex(value); // the format version, then the number
  }

  private static String hex(long value) {
    StateWriter out = new StateWriter();
    StateCodec.LONG.write(value, out);
    return HexFormat.of().formatHex(out.toBytes());
  }

  @Test
  void writesNothingToTheChangelogBeforeTheCommit() {
    store.put("a", 1L);

    assertThat(changelog.entries()).isEmpty();
  }

  @Test
  void writesEachChangedObjectOnceHoweverOftenItChanged() {
    store.put("a", 1L);
    store.put("a", 2L);
    store.put("b", 3L);
    store.slot("a").changed();

    store.flushCache();

    assertThat(changelog.entries()).containsExactly(entry("a", 2), entry("b", 3));
  }

  @Test
  void writesNothingAgainThatDidNotChangeSinceTheLastCommit() {
    store.put("a", 1L);
    store.put("b", 2L);
    store.flushCache();

    store.put("b", 5L);
    store.flushCache();

    assertThat(changelog.entries()).containsExactly(entry("a", 1), entry("b", 2), entry("b", 5));
  }

  @Test
  void writesAnObjectThatWasChangedInPlace() {
    ObjectStore<long[]> objects = new ObjectStoreBuilder<>("objects", new First(), true).build();
    objects.init(changelog.context(), objects);
    long[] object = {1};
    objects.put("a", object);
    objects.flushCache();

    object[0] = 7;
    objects.slot("a").changed();
    objects.flushCache();

    assertThat(changelog.entries()).containsExactly(entry("a", 1), entry("a", 7));
  }

  @Test
  void writesATombstoneForWhatWasForgotten() {
    store.put("a", 1L);
    store.flushCache();

    store.delete("a");
    store.flushCache();

    assertThat(changelog.entries()).containsExactly(entry("a", 1), "a=tombstone");
    assertThat(store.get("a")).isNull();
    assertThat(store.size()).isZero();
  }

  @Test
  void theLastWordCountsWhenAKeyIsForgottenAndSetAgainWithinACommit() {
    store.put("a", 1L);
    store.flushCache();

    store.delete("a");
    store.put("a", 2L);
    store.flushCache();

    assertThat(changelog.entries()).last().isEqualTo(entry("a", 2));
    assertThat(changelog.restoredInto(opened(true)).get("a")).isEqualTo(2);
  }

  @Test
  void theLastWordCountsWhenAKeyIsSetAndForgottenWithinACommit() {
    store.put("a", 1L);
    store.delete("a");

    store.flushCache();

    assertThat(changelog.restoredInto(opened(true)).get("a")).isNull();
  }

  @Test
  void forgettingAKeyThatIsNotThereWritesNothing() {
    store.delete("a");

    store.flushCache();

    assertThat(changelog.entries()).isEmpty();
  }

  @Test
  void aPlaceWithoutAnObjectIsNeitherListedNorWritten() {
    assertThat(store.slot("a").value()).isNull();

    store.flushCache();

    assertThat(store.sortedKeys()).isEmpty();
    assertThat(store.get("a")).isNull();
    assertThat(changelog.entries()).isEmpty();
  }

  @Test
  void theSamePlaceIsGivenForTheSameKey() {
    assertThat(store.slot("a")).isSameAs(store.slot("a"));
    store.slot("a").set(4L);
    assertThat(store.get("a")).isEqualTo(4);
  }

  @Test
  void findsAKeyByTheTwoNamesItIsMadeOf() {
    store.put("model/anna", 1L);
    store.put("модель/anna", 2L);

    assertThat(store.find("model", '/', "anna")).isSameAs(store.slot("model/anna"));
    assertThat(store.find("модель", '/', "anna")).isSameAs(store.slot("модель/anna"));
    assertThat(store.find("model", '/', "ann")).isNull();
    assertThat(store.find("mode", 'l', "/anna")).isSameAs(store.slot("model/anna"));
    assertThat(store.find("model", '-', "anna")).isNull();
    assertThat(store.find("other", '/', "anna")).isNull();
  }

  @Test
  void holdsManyKeysAndForgetsThoseItIsTold() {
    Map<String, Long> expected = new HashMap<>();
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      String key = "k" + random.nextInt(3_000);
      if (random.nextInt(3) == 0) {
        store.delete(key);
        expected.remove(key);
      } else {
        store.put(key, (long) i);
        expected.put(key, (long) i);
      }
    }

    Map<String, Long> held = new HashMap<>();
    store.forEachSlot(slot -> held.put(slot.key(), slot.value()));

    assertThat(held).isEqualTo(expected).hasSize(store.size());
    expected.forEach((key, value) -> assertThat(store.get(key)).isEqualTo(value));
  }

  @Test
  void aPlaceTellsThatItsKeyWasForgotten() {
    ObjectStore<Long>.Slot slot = store.slot("a");
    slot.set(1L);
    assertThat(slot.isDeleted()).isFalse();

    store.delete("a");

    assertThat(slot.isDeleted()).isTrue();
    assertThat(store.slot("a").isDeleted()).isFalse();
  }

  @Test
  void listsKeysInTheirNaturalOrderWhateverTheOrderTheyCameIn() {
    for (String key : List.of("c", "a", "b10", "b", "B")) {
      store.put(key, 1L);
    }

    assertThat(store.sortedKeys()).containsExactly("B", "a", "b", "b10", "c");
  }

  @Test
  void aRestoredStoreHoldsTheSameAndWritesNothingOfItsOwn() {
    store.put("a", 1L);
    store.put("ключ", 2L);
    store.put("gone", 3L);
    store.flushCache();
    store.delete("gone");
    store.flushCache();

    ObjectStore<Long> restored = changelog.restoredInto(opened(true));
    int written = changelog.entries().size();
    restored.flushCache();

    assertThat(restored.sortedKeys()).containsExactly("a", "ключ");
    assertThat(restored.get("a")).isEqualTo(1);
    assertThat(restored.get("ключ")).isEqualTo(2);
    assertThat(changelog.entries()).hasSize(written);
  }

  @Test
  void aRestoredObjectThatChangesIsWrittenAgain() {
    store.put("a", 1L);
    store.flushCache();
    ObjectStore<Long> restored = changelog.restoredInto(opened(true));

    restored.put("a", 9L);
    restored.flushCache();

    assertThat(changelog.entries()).last().isEqualTo(entry("a", 9));
  }

  @Test
  void whatChangesAfterTheCacheWasClearedIsWritten() {
    store.put("a", 1L);
    store.clearCache();
    store.flushCache();
    assertThat(changelog.entries()).isEmpty();

    store.put("a", 2L);
    store.flushCache();

    assertThat(changelog.entries()).containsExactly(entry("a", 2));
  }

  @Test
  void keepsNoChangelogWhenItIsToldNotTo() {
    ObjectStore<Long> unlogged = opened(false);
    unlogged.put("a", 1L);
    unlogged.delete("a");

    unlogged.flushCache();

    assertThat(changelog.entries()).isEmpty();
  }

  @Test
  void refusesToFlushBeforeItIsInitialised() {
    ObjectStore<Long> early = new ObjectStoreBuilder<>("early", StateCodec.LONG, true).build();
    early.put("a", 1L);

    assertThatThrownBy(early::flushCache)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("store early must be initialised before it is flushed");
  }

  @Test
  void isOpenFromInitialisationToCloseAndStartsEmptyAfterwards() {
    assertThat(store.isOpen()).isTrue();
    store.put("a", 1L);

    store.close();

    assertThat(store.isOpen()).isFalse();
    store.init(changelog.context(), store);
    store.flushCache();
    assertThat(store.isOpen()).isTrue();
    assertThat(store.sortedKeys()).isEmpty();
    assertThat(changelog.entries()).isEmpty();
  }

  @Test
  void isNeverOnDiskSoThatARestartReadsTheChangelog() {
    assertThat(store.persistent()).isFalse();
  }

  @Test
  void theBuilderTurnsTheChangelogOnAndOff() {
    ObjectStoreBuilder<Long> builder = new ObjectStoreBuilder<>("n", StateCodec.LONG, true);

    assertThat(builder.name()).isEqualTo("n");
    assertThat(builder.loggingEnabled()).isTrue();
    assertThat(builder.withLoggingDisabled().loggingEnabled()).isFalse();
    assertThat(builder.withLoggingEnabled(Map.of("k", "v")).loggingEnabled()).isTrue();
    assertThat(builder.logConfig()).containsEntry("k", "v");
    assertThat(builder.withCachingEnabled().withCachingDisabled().build().name()).isEqualTo("n");
  }

  /** The first number of an array. */
  private static final class First implements StateCodec<long[]> {
    @Override
    public void write(long[] value, StateWriter out) {
      out.writeLong(value[0]);
    }

    @Override
    public long[] read(StateReader in) {
      return new long[] {in.readLong()};
    }
  }
}
