package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferwarden.alerting.Finding;
import io.inferwarden.app.backtest.EventFeed;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.state.ObjectStore;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The names of recorded traffic raise no flood, be the table larger than their number or smaller.
 * Skipped without the shared folder.
 */
class OrdinaryNamesTest {
  private static final long TICK_MILLIS = 300_000;

  /** After all recorded events, 2096. */
  private static final long LATER_MILLIS = 4_000_000_000_000L;

  @ParameterizedTest
  @CsvSource({
    "pendigits-mlp-s11, 552, 552",
    "digits-rf-s13, 552, 552",
    "drift-elec-rf-s32, 12, 312",
    "llm-conv-24h-s52, 471, 471"
  })
  void recordedTrafficIsNoFlood(String trace, int principals, int places) throws Exception {
    Path file =
        Path.of(System.getProperty("inferwarden.shared", "none"), "traces", trace + ".jsonl.gz");
    assumeTrue(Files.exists(file), "the shared traces are not here");

    List<EventFeed.Line> events = events(file);
    for (int maximum : new int[] {400_000, 2 * places, places / 2}) {
      assertThat(findings(events, principals, maximum)).as("%d places", maximum).isEmpty();
    }
  }

  private static List<EventFeed.Line> events(Path file) throws Exception {
    List<EventFeed.Line> events = new ArrayList<>();
    try (EventFeed feed = new EventFeed(List.of(file), LATER_MILLIS)) {
      for (List<EventFeed.Line> lines = feed.next(); !lines.isEmpty(); lines = feed.next()) {
        lines.stream().filter(line -> line.principal() != null).forEach(events::add);
      }
    }
    assertThat(events).hasSizeGreaterThan(10_000);
    return events;
  }

  private static List<Finding> findings(List<EventFeed.Line> events, int principals, int maximum) {
    ObjectStore<FakeTracked> store = Restored.empty(FakeTracked.CODEC);
    PrincipalTable<FakeTracked> table =
        new PrincipalTable<>(
            store,
            Restored.empty(FrequencyBlock.CODEC),
            Restored.empty(NewNames.CODEC),
            maximum,
            new AppMetrics(new CollectorRegistry()),
            "0",
            (key, tracked) -> {});
    // A loose budget: what it does not raise, no stricter one does.
    Tracking tracking = new Tracking("b", principals, 1e-3);
    List<Finding> findings = new ArrayList<>();
    long tick = 0;
    for (EventFeed.Line line : events) {
      long now = line.timeMillis() / TICK_MILLIS * TICK_MILLIS;
      if (now > tick) {
        tick = now;
        findings.addAll(table.tick(tick));
      }
      ObjectStore<FakeTracked>.Slot slot =
          table.find(line.model(), line.principal(), line.timeMillis(), tracking);
      if (slot != null) {
        FakeTracked.in(slot, "b").observe(line.timeMillis());
      }
    }
    return findings;
  }
}
