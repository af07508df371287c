package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionWatchTest {
  private static final long HOUR = 3_600_000;
  private static final String OWN = "7";

  private final VersionWatch watch = new VersionWatch();

  private void see(String version, String digest, long pane) {
    Release release = new Release(version, digest);
    WatchedRelease known = watch.releases().get(release);
    if (known == null) {
      watch.add(release, new WatchedRelease(pane, null));
    } else {
      known.lastPaneMillis = pane;
    }
    watch.countLive(OWN, pane);
  }

  @Test
  void theBaselineStandsForTheDigestsOfTheFirstPaneThatHasAny() {
    watch.learnDigests(OWN, List.of(new Release(OWN, ""), new Release("8", "x")));
    watch.learnDigests(OWN, List.of(new Release(OWN, "a"), new Release(OWN, "b")));
    watch.learnDigests(OWN, List.of(new Release(OWN, "c")));

    assertThat(watch.isOwn(OWN, new Release(OWN, "a"))).isTrue();
    assertThat(watch.isOwn(OWN, new Release(OWN, "b"))).isTrue();
    assertThat(watch.isOwn(OWN, new Release(OWN, ""))).isTrue();
    assertThat(watch.isOwn(OWN, new Release(OWN, "c"))).isFalse();
    assertThat(watch.isOwn(OWN, new Release("8", ""))).isFalse();
  }

  @Test
  void theBudgetIsSplitAmongTheVersionsThatLiveAndTheSplitOfAPastPaneStays() {
    see("8", "", HOUR);
    see("9", "", 2 * HOUR);
    see("9", "", 40 * HOUR);

    assertThat(watch.liveVersionsAt(0)).isEqualTo(1);
    assertThat(watch.liveVersionsAt(HOUR)).isEqualTo(2);
    assertThat(watch.liveVersionsAt(5 * HOUR)).isEqualTo(3);
    assertThat(watch.liveVersionsAt(40 * HOUR)).as("8 was not seen for a day").isEqualTo(2);
  }

  @Test
  void aNewDigestOfTheSameVersionIsNoFurtherVersionToShareTheBudget() {
    see(OWN, "other", HOUR);

    assertThat(watch.liveVersionsAt(HOUR)).isEqualTo(1);
  }

  @Test
  void theReleaseNotSeenForTheLongestMakesRoom() {
    for (int i = 0; i <= VersionWatch.MOST_RELEASES; i++) {
      see("v" + i, "", i == 0 ? 500 * HOUR : i * HOUR);
    }

    assertThat(watch.releases())
        .hasSize(VersionWatch.MOST_RELEASES)
        .containsKey(new Release("v0", ""))
        .doesNotContainKey(new Release("v1", ""));
  }

  @Test
  void survivesTheWayThroughBytes() {
    watch.learnDigests(OWN, List.of(new Release(OWN, "a")));
    see("8", "", HOUR);
    WatchedRelease second = new WatchedRelease(3 * HOUR, new Release("8", ""));
    second.settledAlike = new boolean[] {true, false, true};
    second.isSettled = true;
    second.reportedAtMillis = 4 * HOUR;
    watch.add(new Release(OWN, "b"), second);

    StateReader in = new StateReader(bytes(watch));
    VersionWatch read = VersionWatch.readFrom(in);

    assertThat(in.hasRemaining()).isFalse();
    assertThat(bytes(read)).isEqualTo(bytes(watch));
    assertThat(read).usingRecursiveComparison().isEqualTo(watch);
  }

  private static byte[] bytes(VersionWatch watch) {
    StateWriter out = new StateWriter();
    watch.writeTo(out);
    return out.toBytes();
  }
}
