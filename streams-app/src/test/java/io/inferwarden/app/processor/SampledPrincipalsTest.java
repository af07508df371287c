package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.app.state.StateCodec;
import io.inferwarden.ingest.DuplicateWindow;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampledPrincipalsTest {
  private static final int MOST = 3;

  private final ObjectStore<Long> counts = Restored.empty(StateCodec.LONG);
  private final SampledPrincipals principals = new SampledPrincipals(counts, 100);

  private int next(String model, String principal) {
    return principals.next(model, principal, "", MOST);
  }

  private Set<String> chosen(String model) {
    return counts.sortedKeys().stream()
        .filter(key -> key.startsWith(model + '\u001f'))
        .collect(Collectors.toSet());
  }

  @Test
  void countsTheFirstEventsOfEachAndPart() {
    assertThat(List.of(next("m", "k"), next("m", "k"), next("m", "k"), next("m", "k")))
        .containsExactly(1, 2, 3, 0);
    assertThat(principals.next("m", "k", "7", MOST)).isEqualTo(1);
    assertThat(next("other", "k")).isEqualTo(1);
  }

  @Test
  void ofManyTheOnesWithTheSmallestHashesAreChosenWhoeverCameFirst() {
    for (int i = 0; i < 1_000; i++) {
      next("m", "k" + i);
    }

    assertThat(chosen("m"))
        .isEqualTo(
            IntStream.range(0, 1_000)
                .mapToObj(i -> "k" + i)
                .sorted(Comparator.comparingLong(DuplicateWindow::hash))
                .limit(100)
                .map(name -> "m\u001f" + name)
                .collect(Collectors.toSet()));
  }

  @Test
  void aModelThatComesLaterGetsItsShare() {
    for (int i = 0; i < 1_000; i++) {
      next("crowd", "k" + i);
    }
    for (int i = 0; i < 30; i++) {
      assertThat(next("later", "k" + i)).isEqualTo(1);
    }
    for (int i = 0; i < 200; i++) {
      next("third", "k" + i);
    }

    assertThat(chosen("later")).hasSize(30);
    assertThat(chosen("crowd")).hasSizeBetween(34, 36);
    assertThat(chosen("third")).hasSizeBetween(34, 36);
    assertThat(counts.size()).isEqualTo(100);
  }

  @Test
  void goesOnIdenticallyAfterARestore() {
    for (int i = 0; i < 150; i++) {
      next("m" + i % 2, "k" + i);
    }
    ObjectStore<Long> copy = Restored.copy(counts, StateCodec.LONG);
    SampledPrincipals restored = new SampledPrincipals(copy, 100);

    for (int i = 100; i < 400; i++) {
      assertThat(restored.next("m" + i % 3, "k" + i, "", MOST))
          .isEqualTo(next("m" + i % 3, "k" + i));
    }
    restored.forget("m0");
    assertThat(copy.sortedKeys()).isNotEmpty().noneMatch(key -> key.startsWith("m0"));
  }
}
