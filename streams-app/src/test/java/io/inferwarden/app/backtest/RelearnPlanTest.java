package io.inferwarden.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.baseline.BaselineRegistry;
import io.inferwarden.app.baseline.ModelBaselines;
import io.inferwarden.app.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RelearnPlanTest {
  private static final long HOUR = 3_600_000;
  private static final long START = 1_772_323_200_000L;
  private static final String MODEL = "fraud";
  private static final BaselineRecord PRIMARY = baseline("7", true, START + HOUR);
  private static final BaselineRecord LATER = baseline("8", false, START + 2 * HOUR);

  private final VersionCensus census = new VersionCensus(HOUR);

  private static BaselineRecord baseline(String version, boolean primary, long until) {
    return new BaselineRecord(
        "bl_" + version,
        MODEL,
        version,
        primary,
        START,
        until,
        1,
        "stream",
        null,
        null,
        new byte[] {1},
        null,
        List.of());
  }

  private static @Nullable ModelBaselines known(BaselineRecord... baselines) {
    BaselineRegistry registry = new BaselineRegistry("baselines");
    for (BaselineRecord baseline : baselines) {
      registry.accept(baseline.topicKey(), baseline.toBytes());
    }
    return registry.of(MODEL);
  }

  private static Incident incident(IncidentKind kind, String version) {
    return new Incident(
        "inc_abc",
        1,
        IncidentState.RESOLVED,
        Handling.OPENED.resolved(START),
        "model:" + MODEL,
        MODEL,
        version,
        kind,
        kind.severity(),
        START,
        START,
        START,
        1,
        500,
        2,
        Chance.UNKNOWN,
        List.of(),
        List.of(),
        List.of(),
        0,
        "It changed",
        "It changed.");
  }

  private RelearnPlan plan(IncidentKind kind, String version, @Nullable ModelBaselines known) {
    return RelearnPlan.of(incident(kind, version), MODEL, known, census);
  }

  private void answered(String version, int events) {
    for (int i = 0; i < events; i++) {
      census.add(MODEL, version, START + i * HOUR / 50);
    }
  }

  @Test
  void theVersionThatTheIncidentNamesIsLearnedWhileItAnswers() {
    answered("7", 10);
    answered("8", 90);

    RelearnPlan plan = plan(IncidentKind.INPUT_DRIFT, "7", known(PRIMARY, LATER));

    assertThat(plan.version()).isEqualTo("7");
    assertThat(plan.replaced()).map(BaselineRecord::id).contains(PRIMARY.id());
    assertThat(plan.beside()).isEmpty();
  }

  @Test
  void whereItAnswersNoMoreTheBusiestVersionTakesItsPlace() {
    answered("9", 10);
    answered("8", 90);

    RelearnPlan plan = plan(IncidentKind.INPUT_DRIFT, "7", known(PRIMARY, LATER));

    assertThat(plan.version()).isEqualTo("8");
    assertThat(plan.replaced()).map(BaselineRecord::id).contains(PRIMARY.id());
    assertThat(plan.beside()).isEmpty();
  }

  @Test
  void theOutputsOfALaterVersionAreLearnedBesideThePrimaryBaseline() {
    answered("8", 90);

    RelearnPlan plan = plan(IncidentKind.OUTPUT_SHIFT, "8", known(PRIMARY, LATER));

    assertThat(plan.version()).isEqualTo("8");
    assertThat(plan.replaced()).map(BaselineRecord::id).contains(LATER.id());
    assertThat(plan.beside()).map(BaselineRecord::id).contains(PRIMARY.id());
  }

  @Test
  void aNewVersionWithoutABaselineIsLearnedBesideThePrimaryOne() {
    answered("7", 500);
    answered("9", 90);

    RelearnPlan plan = plan(IncidentKind.VERSION_CHANGED, "9", known(PRIMARY, LATER));

    assertThat(plan.version()).isEqualTo("9");
    assertThat(plan.replaced()).isEmpty();
    assertThat(plan.beside()).map(BaselineRecord::id).contains(PRIMARY.id());
  }

  @Test
  void aNewDigestOfThePrimaryVersionIsLearnedInItsPlace() {
    answered("7", 500);

    RelearnPlan plan = plan(IncidentKind.VERSION_CHANGED, "7", known(PRIMARY));

    assertThat(plan.replaced()).map(BaselineRecord::id).contains(PRIMARY.id());
    assertThat(plan.beside()).isEmpty();
  }

  @Test
  void aModelWithoutABaselineGetsItsFirst() {
    answered("8", 90);

    assertThat(plan(IncidentKind.COMMON_CAUSE, "", null))
        .isEqualTo(new RelearnPlan(MODEL, "8", Optional.empty(), Optional.empty()));
  }

  @Test
  void saysHowManyEventsThereAreAndHowManyItTakes() {
    answered("7", 150);

    assertThat(census.lacking(MODEL, "7"))
        .contains("too little to learn from: 150 events in 3 panes, and a baseline needs 200 in 4");
    assertThat(census.lacking(MODEL, "8")).get().asString().contains(": 0 events in 0 panes");

    answered("7", 250);

    assertThat(census.lacking(MODEL, "7")).isEmpty();
  }

  @Test
  void aWindowEndsWithAPaneAndMustNotBeginBeforeTheChange() {
    Policy policy = Policy.defaults().withLearning(Duration.ofHours(10));
    LearningWindow window = new LearningWindow(policy, Instant.parse("2026-03-02T12:34:56Z"));

    assertThat(window.until()).isEqualTo(Instant.parse("2026-03-02T12:00:00Z"));
    assertThat(window.from()).isEqualTo(Instant.parse("2026-03-02T02:00:00Z"));
    assertThat(window.lacking(Instant.parse("2026-03-02T02:00:00Z"))).isEmpty();
    assertThat(window.lacking(Instant.parse("2026-03-02T05:00:00Z")))
        .get()
        .asString()
        .contains("began at 2026-03-02T05:00:00Z, which is 7h of whole panes before")
        .contains("learning takes 10h")
        .contains("try again when there are events of 2026-03-02T16:00:00Z");
  }
}
