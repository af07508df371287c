package io.inferwarden.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static SimulationResult run(int threads, String only) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      Simulation.Settings settings = new Simulation.Settings(3, 2, 7, only);
      return new Simulation(settings, executor, nowhere).run(each -> {});
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void givesTheSameFiguresOnAnyNumberOfThreads() throws Exception {
    SimulationResult alone = run(1, "stable");

    SimulationResult together = run(3, "stable");

    assertThat(together).isEqualTo(alone);
    assertThat(alone.nulls()).extracting(NullResult::name).contains("stable numbers");
  }

  @Test
  void lateEventsInTheirOwnPaneDoNotChangeTheVerdict() throws Exception {
    SimulationResult result = run(2, "10 % late, in their own pane");

    assertThat(result.nulls()).singleElement().extracting(NullResult::differing).isEqualTo(0);
  }

  @Test
  void everyNullLearnsAndIsWatched() {
    assertThat(NullCases.all())
        .hasSizeGreaterThan(35)
        .extracting(NullCase::name)
        .doesNotHaveDuplicates();
    for (NullCase kind : NullCases.all()) {
      StreamOutcome outcome = NullRun.run(kind, StreamRandom.of(1, kind.name(), 0), 1);
      assertThat(outcome.otherAlarms()).as(kind.name()).containsEntry("always fires", 24);
    }
  }

  @Test
  void aLargeShiftIsFoundWithinAFewPanes() {
    Map<String, ShiftRun.Delay> delays =
        ShiftRun.run(ShiftCase.mean(2), ShiftPlan.hourly(), StreamRandom.of(1, "shift", 0));

    assertThat(delays.get(ShiftRun.OURS)).isNotNull();
    assertThat(delays.get(ShiftRun.OURS).panes()).isLessThan(4);
    assertThat(delays.get("always fires").falsePanes()).isEqualTo(24);
  }

  @Test
  void anAlarmCountIsHeldAgainstThePoissonBoundAndTheBar() {
    NullCase kind = NullCase.of("any", NumberStreams::normals, Volume.daily(), 60).withBar(225, 84);
    List<StreamOutcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      outcomes.add(new StreamOutcome(i < 20 ? 5 : 0, 0, 1, i < 18, 0, Map.of()));
    }

    NullResult result = NullResult.of(kind, 30, outcomes);

    assertThat(result.monthly().promised()).isEqualTo(30);
    assertThat(result.monthly().observed()).isEqualTo(100);
    assertThat(result.monthly().bound()).isEqualTo(39);
    assertThat(result.monthly().isWithin()).isFalse();
    assertThat(result.monthly().most()).isEqualTo(112.5);
    assertThat(result.monthly().isBelowBar()).isTrue();
    assertThat(result.hundredth().isWithin()).isTrue();
    assertThat(result.broken()).isEqualTo(20);
    assertThat(result.brokenSuspended()).isEqualTo(18);
  }

  @Test
  void tablesReplaceWhatStandsBetweenTheMarkersOfAPage() throws Exception {
    Simulation.Settings settings = new Simulation.Settings(3, 2, 7, "");
    String tables = MarkdownReport.of(settings, run(2, "stable words"));
    String page = "# Page\n" + MarkdownReport.BEGIN + "\nold\n" + MarkdownReport.END + "\nend\n";

    String replaced = MarkdownReport.replaceIn(page, tables);

    assertThat(replaced).startsWith("# Page\n").endsWith("\nend\n").doesNotContain("old");
    assertThat(replaced).contains("| stable words |").contains("--streams 3 --days 2 --seed 7");
    assertThat(MarkdownReport.replaceIn(replaced, tables)).isEqualTo(replaced);
  }

  @Test
  void aPageWithoutMarkersIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MarkdownReport.replaceIn("no markers", "tables"))
        .withMessageContaining(MarkdownReport.BEGIN);
  }
}
