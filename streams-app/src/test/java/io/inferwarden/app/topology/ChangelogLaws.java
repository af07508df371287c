package io.inferwarden.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoSlice;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.settings.SettingsOf;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * At each commit the changelogs hold what the stores hold. Otherwise a crash takes back what an
 * object took in without being marked as changed; where the next commit marks it, nobody sees that
 * it was missing.
 */
class ChangelogLaws {
  private static final long ATTACKED_MILLIS = DemoSlice.START_MILLIS + DemoSlice.DAY_MILLIS;
  private static final long HOURS_OF_ATTACK_MILLIS = 8 * DemoSlice.HOUR_MILLIS;
  private static final Instant AFTERWARDS =
      Instant.ofEpochMilli(DemoSlice.START_MILLIS + 3 * DemoSlice.DAY_MILLIS);

  /** Stores of so few objects are looked at after each event: that of campaigns has one a model. */
  private static final int FEW = 5;

  /** All stores are looked at once in so many events. */
  private static final int RARELY = 5_003;

  @TempDir Path folder;

  /** The driver commits after each event. */
  @Test
  void whatAStoreHoldsIsInItsChangelogAtEachCommit() {
    List<DemoEvent> events =
        DemoSlice.where(event -> event.timeMillis() < ATTACKED_MILLIS + HOURS_OF_ATTACK_MILLIS);
    try (DrivenTopology topology =
        new DrivenTopology(SettingsOf.policy(Policy.defaults(), 1, true), AFTERWARDS, folder)) {
      ChangelogAudit audit = topology.changelogAudit();
      for (int i = 0; i < events.size(); i++) {
        topology.accept(events.get(i).json());
        if (i % RARELY == 0) {
          assertThat(audit.unwritten(Integer.MAX_VALUE)).as("after event %s", i).isEmpty();
        } else if (events.get(i).timeMillis() >= ATTACKED_MILLIS) {
          assertThat(audit.unwritten(FEW)).as("after event %s", i).isEmpty();
        }
      }
      topology.endOfEvents();

      assertThat(audit.unwritten(Integer.MAX_VALUE)).as("at the end").isEmpty();
      assertThat(topology.incidents()).hasSizeGreaterThan(5);
    }
  }
}
