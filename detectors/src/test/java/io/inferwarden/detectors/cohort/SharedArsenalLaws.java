package io.inferwarden.detectors.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedArsenalLaws {
  @Test
  void accountsInAChainOfSharedPromptsAreAGroup() {
    SharedArsenal arsenal = new SharedArsenal();
    arsenal.accuse("a", new int[] {1, 2});
    arsenal.accuse("b", new int[] {1, 2, 3, 4});
    arsenal.accuse("d", new int[] {3, 9});

    arsenal.accuse("c", new int[] {3, 4});

    assertThat(arsenal.accounts(arsenal.groupOf("a"))).containsExactly("a", "b", "c");
    assertThat(arsenal.accounts(arsenal.groupOf("d"))).containsExactly("d");
    assertThat(arsenal.groupOf("nobody")).isZero();
  }

  @Test
  void groupsThatMeetBecomeTheOlderOne() {
    SharedArsenal arsenal = new SharedArsenal();
    for (String account : List.of("a", "b", "c")) {
      arsenal.accuse(account, new int[] {1, 2});
    }
    for (String account : List.of("x", "y", "z")) {
      arsenal.accuse(account, new int[] {7, 8});
    }
    int older = arsenal.groupOf("a");

    arsenal.accuse("z", new int[] {1, 2});

    assertThat(arsenal.groupOf("x")).isEqualTo(older);
    assertThat(arsenal.accounts(older)).containsExactly("a", "b", "c", "x", "y", "z");
  }

  @Test
  void fingerprintsThatAreUnknownAreNotShared() {
    SharedArsenal arsenal = new SharedArsenal();
    arsenal.accuse("a", new int[] {0, 0, 5});
    arsenal.accuse("b", new int[] {0, 0, 5});

    assertThat(arsenal.groupOf("a")).isNotEqualTo(arsenal.groupOf("b"));
  }

  @Test
  void continuesIdenticallyAfterARestore() {
    SharedArsenal arsenal = new SharedArsenal();
    for (int i = 0; i < 1100; i++) {
      arsenal.accuse("a" + i, new int[] {i / 3 + 1, -1 - i / 3});
    }
    StateWriter writer = new StateWriter();
    arsenal.writeTo(writer);

    SharedArsenal restored = SharedArsenal.readFrom(new StateReader(writer.toBytes()));

    for (int i = 900; i < 1200; i++) {
      int[] prints = {i / 2 + 1, -1 - i / 2};
      arsenal.accuse("a" + i, prints);
      restored.accuse("a" + i, prints);
      assertThat(restored.groupOf("a" + i)).isEqualTo(arsenal.groupOf("a" + i));
    }
    assertThat(restored.groupOf("a0")).isZero();
  }
}
