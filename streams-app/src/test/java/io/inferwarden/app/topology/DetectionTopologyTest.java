package io.inferwarden.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.baseline.BaselineRecord;
import io.inferwarden.app.demo.DemoEvent;
import io.inferwarden.app.demo.DemoSlice;
import io.inferwarden.app.policy.PolicyFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the whole topology does with realistic events. */
class DetectionTopologyTest {
  private static final String QUIET_MODEL = "support-triage";
  private static final String SWAPPED_MODEL = "credit-risk";
  private static final String DRIFTING_MODEL = "churn-predictor";
  private static final String ATTACKED_MODEL = "fraud-scorer";
  private static final Instant AFTERWARDS =
      Instant.ofEpochMilli(DemoSlice.START_MILLIS + 3 * DemoSlice.DAY_MILLIS);

  @TempDir Path folder;

  private DrivenTopology topology() {
    return new DrivenTopology(DrivenTopology.defaults(), AFTERWARDS, folder);
  }

  @Test
  void aModelThatStaysAsItIsRaisesNothing() {
    try (DrivenTopology topology = topology()) {
      topology.accept(DemoSlice.merged(DemoSlice.of(QUIET_MODEL, 0, 48)));
      topology.endOfEvents();

      assertThat(topology.incidents()).isEmpty();
      assertThat(topology.metric("inferwarden_findings_total")).isZero();
      assertThat(topology.metric("inferwarden_events_late_total")).isZero();
      assertThat(topology.metric("inferwarden_alarm_budget_spent_total")).isGreaterThan(0);
    }
  }

  @Test
  void saysThatTooFewPrincipalsCannotBeJudged() {
    try (DrivenTopology topology = topology()) {
      topology.accept(DemoSlice.merged(DemoSlice.of(QUIET_MODEL, 0, 30)));

      assertThat(topology.allIncidents())
          .filteredOn(DrivenTopology::saysPrincipalsAreBlind)
          .singleElement()
          .satisfies(
              blind ->
                  assertThat(blind.evidence().get(0).sentence())
                      .startsWith("principals are not watched: nobody is judged: ")
                      .endsWith(" 100 are needed"));
    }
  }

  @Test
  void learnsAModelOnceWhenTheLearningTimeIsOver() {
    try (DrivenTopology topology = topology()) {
      topology.accept(DemoSlice.merged(DemoSlice.of(QUIET_MODEL, 0, 24)));
      assertThat(topology.learned()).as("during the learning time").isEmpty();

      topology.accept(DemoSlice.merged(DemoSlice.of(QUIET_MODEL, 24, 48)));

      List<BaselineRecord> learned = topology.learned();
      assertThat(learned).hasSize(1);
      assertThat(learned.get(0).model()).isEqualTo(QUIET_MODEL);
      assertThat(learned.get(0).primary()).isTrue();
      assertThat(learned.get(0).origin()).isEqualTo("stream");
      assertThat(learned.get(0).learnedFromMillis()).isEqualTo(DemoSlice.START_MILLIS);
      assertThat(learned.get(0).learnedUntilMillis())
          .isEqualTo(DemoSlice.START_MILLIS + DemoSlice.DAY_MILLIS);
      assertThat(learned.get(0).behaviour()).isNotNull();
    }
  }

  @Test
  void twoRunsOverTheSameEventsRaiseTheSameIncidents() {
    List<byte[]> events = DemoSlice.merged(DemoSlice.of(SWAPPED_MODEL, 0, 48));

    List<Incident> first = incidentsOf(events);
    List<Incident> second = incidentsOf(events);

    assertThat(first).isNotEmpty().isEqualTo(second);
  }

  @Test
  void aModelWithTooFewEventsToLearnFromIsSaidToBeBlind() {
    List<DemoEvent> all = DemoSlice.of(QUIET_MODEL, 0, 30);
    List<DemoEvent> few =
        IntStream.range(0, 60).mapToObj(i -> all.get(i * all.size() / 60)).toList();

    List<Incident> incidents = incidentsOf(DemoSlice.merged(few));

    assertThat(incidents)
        .isNotEmpty()
        .allSatisfy(
            incident -> {
              assertThat(incident.kind()).isEqualTo(IncidentKind.BLIND);
              assertThat(incident.pages()).isFalse();
              assertThat(incident.evidence().get(0).sentence())
                  .startsWith("nothing of it is watched: too little to learn from in ")
                  .contains("learning goes on until ");
            });
  }

  @Test
  void eventsReorderedWithinTheLatenessRaiseTheSameIncidents() {
    List<DemoEvent> events = DemoSlice.of(DRIFTING_MODEL, 0, 48);

    List<Incident> inOrder = incidentsOf(DemoSlice.merged(events));
    List<Incident> reordered = incidentsOf(DemoSlice.delayed(events, 50_000, 5));

    assertThat(inOrder).isNotEmpty();
    assertThat(reordered).isEqualTo(inOrder);
  }

  private List<Incident> incidentsOf(List<byte[]> events) {
    try (DrivenTopology topology = topology()) {
      topology.accept(events);
      topology.endOfEvents();
      return topology.incidents();
    }
  }

  @Test
  void saysThatAModelWasReplacedAndNotThatItsInputsDrifted() {
    List<Incident> incidents = incidentsOf(DemoSlice.merged(DemoSlice.of(SWAPPED_MODEL, 0, 48)));

    assertThat(incidents)
        .isNotEmpty()
        .allSatisfy(
            incident -> {
              assertThat(incident.subject()).isEqualTo("model:" + SWAPPED_MODEL);
              assertThat(incident.kind()).isEqualTo(IncidentKind.MODEL_REPLACED);
              assertThat(incident.openedAtMillis()).isGreaterThan(changeOf(SWAPPED_MODEL));
            });
  }

  @Test
  void saysWhichFeatureOfAModelMoved() {
    List<Incident> incidents = incidentsOf(DemoSlice.merged(DemoSlice.of(DRIFTING_MODEL, 0, 48)));

    assertThat(incidents)
        .filteredOn(incident -> incident.subject().equals("model:" + DRIFTING_MODEL))
        .isNotEmpty()
        .first()
        .satisfies(
            first -> {
              assertThat(first.kind()).isEqualTo(IncidentKind.INPUT_DRIFT);
              assertThat(first.openedAtMillis())
                  .isBetween(
                      changeOf(DRIFTING_MODEL),
                      changeOf(DRIFTING_MODEL) + 6 * DemoSlice.HOUR_MILLIS);
              assertThat(first.evidence().get(0).signal()).contains("support_calls");
            });
  }

  private static long changeOf(String model) {
    return DemoSlice.world().labels().models().stream()
        .filter(label -> label.model().equals(model))
        .findFirst()
        .orElseThrow()
        .at();
  }

  @Test
  void saysThatAModelWentSilentWhileOthersDidNot() {
    try (DrivenTopology topology = topology()) {
      topology.accept(
          DemoSlice.merged(DemoSlice.of(QUIET_MODEL, 0, 28), DemoSlice.of(DRIFTING_MODEL, 0, 48)));
      topology.endOfEvents();

      assertThat(topology.incidents())
          .anySatisfy(
              incident -> {
                assertThat(incident.subject()).isEqualTo("model:" + QUIET_MODEL);
                assertThat(incident.kind()).isEqualTo(IncidentKind.SILENCE);
              });
    }
  }

  @Test
  void callsNobodySilentWhenNoEventsComeAtAll() {
    try (DrivenTopology topology = topology()) {
      topology.accept(DemoSlice.merged(DemoSlice.of(QUIET_MODEL, 0, 28)));
      topology.endOfEvents();

      assertThat(topology.incidents()).isEmpty();
    }
  }

  @Test
  void findsAnAttackThatRanDuringTheLearningTimeWhenTheBaselineArrives() {
    List<byte[]> events = attackDuringLearning();
    try (DrivenTopology topology = topology()) {
      topology.accept(events);
      assertThat(topology.incidents()).as("before there is a baseline").isEmpty();

      topology.endOfEvents();

      assertThat(topology.learned()).hasSize(1);
      assertThat(topology.incidents())
          .extracting(Incident::subject)
          .contains("principal:" + attacker());
      assertThat(topology.metric("inferwarden_events_waiting")).isZero();
      assertThat(topology.metric("inferwarden_events_unjudged_total")).isZero();
    }
  }

  @Test
  void recordsWhatADeclaredPrincipalDoesAndRaisesNoIncident() {
    List<byte[]> events = attackDuringLearning();
    try (DrivenTopology topology = topology()) {
      topology.declare(
          PolicyFile.parse(
              "p",
              "declared: [{principal: "
                  + attacker()
                  + ", role: prober, owner: red team, reason: agreed drill}]"));

      topology.accept(events);
      topology.endOfEvents();

      assertThat(topology.incidents())
          .extracting(Incident::subject)
          .doesNotContain("principal:" + attacker());
      assertThat(topology.metric("inferwarden_findings_declared_total")).isGreaterThan(0);
    }
  }

  /** The first day of the attacked model, with a thief among its honest users. */
  private static List<byte[]> attackDuringLearning() {
    List<DemoEvent> attack =
        DemoSlice.shifted(
            DemoSlice.where(event -> event.principal().equals(attacker())), -DemoSlice.DAY_MILLIS);
    return DemoSlice.merged(DemoSlice.of(ATTACKED_MODEL, 0, 24), attack);
  }

  private static String attacker() {
    return DemoSlice.world().labels().principals().stream()
        .filter(label -> label.attack().equals("extract_knockoff"))
        .findFirst()
        .orElseThrow()
        .principal();
  }

  @Test
  void learnsASecondVersionOnItsOwnAndPagesNobodyForIt() {
    try (DrivenTopology topology = topology()) {
      topology.accept(DemoSlice.merged(DemoSlice.of(QUIET_MODEL, 0, 24)));
      topology.accept(
          DemoSlice.merged(DemoSlice.ofVersion(DemoSlice.of(QUIET_MODEL, 24, 48), "second")));
      topology.endOfEvents();
      topology.endOfEvents();

      List<BaselineRecord> learned = topology.learned();
      assertThat(learned).hasSize(2);
      assertThat(learned.get(0).primary()).isTrue();
      assertThat(learned.get(1).primary()).isFalse();
      assertThat(learned.get(1).version()).isEqualTo("second");
      assertThat(learned.get(1).principals()).isNull();
      assertThat(learned.get(1).learnedFromMillis())
          .isEqualTo(DemoSlice.START_MILLIS + DemoSlice.DAY_MILLIS);
      assertThat(topology.incidents())
          .isNotEmpty()
          .allSatisfy(
              incident -> assertThat(incident.kind()).isEqualTo(IncidentKind.VERSION_CHANGED));
    }
  }

  @Test
  void countsEventsThatComeAfterTheirPaneAndRaisesNothingForThem() {
    try (DrivenTopology topology = topology()) {
      topology.accept(DemoSlice.merged(DemoSlice.of(QUIET_MODEL, 0, 48)));
      List<DemoEvent> late = DemoSlice.renamed(DemoSlice.of(QUIET_MODEL, 26, 28), "late-");

      topology.accept(DemoSlice.merged(late));
      topology.endOfEvents();

      assertThat(late).isNotEmpty();
      assertThat(topology.metric("inferwarden_events_late_total")).isEqualTo(late.size());
      assertThat(topology.incidents()).isEmpty();
    }
  }

  @Test
  void aBaselinePromotedWhileAModelIsLearnedStaysInForce() {
    BaselineRecord promoted = learnedElsewhere();
    try (DrivenTopology topology = topology()) {
      topology.accept(DemoSlice.merged(DemoSlice.of(QUIET_MODEL, 0, 12)));
      topology.promote(promoted.promotedAs("promoted by a person"));

      topology.accept(DemoSlice.merged(DemoSlice.of(QUIET_MODEL, 12, 48)));
      topology.endOfEvents();

      assertThat(topology.learned()).as("learned over the head of that person").isEmpty();
      assertThat(topology.metric("inferwarden_events_waiting")).isZero();
    }
  }

  @Test
  void aBaselinePromotedLaterDoesNotCallTheTimeBeforeItSilent() {
    BaselineRecord promoted = learnedElsewhere();
    try (DrivenTopology topology = topology()) {
      topology.accept(
          DemoSlice.merged(
              DemoSlice.ofVersion(DemoSlice.of(QUIET_MODEL, 0, 46), promoted.version())));
      assertThat(topology.learned()).hasSize(1);

      topology.promote(withAnotherId(promoted));
      topology.accept(DemoSlice.merged(DemoSlice.of(QUIET_MODEL, 46, 48)));
      topology.endOfEvents();

      assertThat(topology.incidents()).isEmpty();
    }
  }

  private BaselineRecord learnedElsewhere() {
    try (DrivenTopology topology = topology()) {
      topology.accept(DemoSlice.merged(DemoSlice.of(QUIET_MODEL, 0, 26)));
      return topology.learned().get(0);
    }
  }

  private static BaselineRecord withAnotherId(BaselineRecord baseline) {
    return new BaselineRecord(
        "bl_other",
        baseline.model(),
        baseline.version(),
        baseline.primary(),
        baseline.learnedFromMillis(),
        baseline.learnedUntilMillis(),
        baseline.modelsKnown(),
        "promoted by a person",
        baseline.principals(),
        baseline.conversations(),
        baseline.behaviour(),
        baseline.rate(),
        baseline.notes());
  }
}
