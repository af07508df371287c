package io.inferwarden.detectors.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedArsenalLaws {
  private static PromptPrint attack(long exact, long head) {
    return new PromptPrint(exact, 0, head, 0, 2);
  }

  @Test
  void threeAccountsInAChainOfSharedPromptsAreAGroup() {
    SharedArsenal arsenal = new SharedArsenal();
    arsenal.add("a", attack(1, 2));
    assertThat(arsenal.add("b", attack(1, 2))).isEmpty();
    arsenal.add("b", attack(3, 4));

    assertThat(arsenal.add("c", attack(3, 4)))
        .contains(new SharedArsenal.Group(1, List.of(3), List.of("a", "b", "c")));
    assertThat(arsenal.add("d", attack(3, 9))).isEmpty();
    assertThat(arsenal.add("e", new PromptPrint(1, 0, 2, 0, 1))).isEmpty();
  }

  @Test
  void groupsThatMeetBecomeOne() {
    SharedArsenal arsenal = new SharedArsenal();
    for (String account : List.of("a", "b", "c")) {
      arsenal.add(account, attack(1, 2));
    }
    for (String account : List.of("x", "y", "z")) {
      arsenal.add(account, attack(7, 8));
    }

    SharedArsenal.Group group = arsenal.add("z", attack(1, 2)).orElseThrow();

    assertThat(group.id()).isEqualTo(1);
    assertThat(group.absorbed()).isNotEmpty();
    assertThat(group.accounts()).containsExactly("a", "b", "c", "x", "y", "z");
  }

  @Test
  void continuesIdenticallyAfterARestore() {
    SharedArsenal arsenal = new SharedArsenal();
    for (int i = 0; i < 1100; i++) {
      arsenal.add("a" + i, attack(i / 3, -1 - i / 3));
    }
    StateWriter writer = new StateWriter();
    arsenal.writeTo(writer);

    SharedArsenal restored = SharedArsenal.readFrom(new StateReader(writer.toBytes()));

    for (int i = 900; i < 1200; i++) {
      PromptPrint prompt = attack(i / 2, -1 - i / 2);
      assertThat(restored.add("a" + i, prompt)).isEqualTo(arsenal.add("a" + i, prompt));
    }
  }
}
