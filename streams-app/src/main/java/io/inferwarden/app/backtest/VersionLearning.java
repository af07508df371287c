package io.inferwarden.app.backtest;

import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.policy.Policy;
import io.inferwarden.app.settings.SettingsOf;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Learns one version of a model from its events of a window, as the running platform would. */
public final class VersionLearning implements AutoCloseable {
  private final RelearnPlan plan;
  private final BacktestDriver driver;

  /**
   * Begins to learn.
   *
   * @param plan which version, and beside which baseline
   * @param window the events are of
   * @param census of these events, which has enough of the version
   */
  public VersionLearning(RelearnPlan plan, LearningWindow window, VersionCensus census)
      throws IOException {
    this.plan = plan;
    Instant firstPane = Instant.ofEpochMilli(census.firstPaneMillis(plan.model(), plan.version()));
    Policy policy = window.policy().withLearning(Duration.between(firstPane, window.until()));
    this.driver =
        new BacktestDriver(
            SettingsOf.policy(policy, 1, false),
            policy,
            plan.beside().map(List::of).orElse(List.of()),
            window.until().plus(policy.lateness()).plus(policy.pane()),
            incident -> {});
  }

  /** Takes an event of the window; one of another version is left out. */
  public void accept(String version, byte[] json) {
    if (version.equals(plan.version())) {
      driver.accept(json);
    }
  }

  /** Says that there are no more events. What was learned; empty when there was too little. */
  public Optional<BaselineRecord> finish() {
    driver.finish();
    return driver.learned().stream()
        .filter(learned -> learned.version().equals(plan.version()))
        .findFirst();
  }

  @Override
  public void close() throws IOException {
    driver.close();
  }
}
