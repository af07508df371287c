package io.inferwarden.app.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.IncidentVerdict;
import io.inferwarden.alerting.Judgement;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BenignChangeTest {
  private static final long AT = 1_772_409_600_000L;
  private static final Judgement BENIGN =
      new Judgement(IncidentVerdict.BENIGN_CHANGE, "ann", AT, "new market");

  /** An incident that somebody has judged, or nobody. */
  public static Incident incident(
      IncidentKind kind,
      String model,
      String version,
      List<String> models,
      @Nullable Judgement judgement) {
    Handling handling =
        judgement == null ? Handling.OPENED : Handling.OPENED.resolved(AT).judged(judgement);
    return new Incident(
        "inc_abc",
        1,
        IncidentState.RESOLVED,
        handling,
        "model:" + model,
        model,
        version,
        kind,
        kind.severity(),
        AT,
        AT,
        AT - 3_600_000,
        1,
        500,
        2,
        Chance.UNKNOWN,
        List.of(),
        models,
        List.of(),
        0,
        "It changed",
        "It changed.");
  }

  private static Incident drift(@Nullable Judgement judgement) {
    return incident(IncidentKind.INPUT_DRIFT, "fraud", "7", List.of(), judgement);
  }

  @Test
  void aBenignDriftMayBeLearned() {
    BenignChange change = BenignChange.of(drift(BENIGN));

    assertThat(change.models()).containsExactly("fraud");
    assertThat(change.onset()).isEqualTo(Instant.ofEpochMilli(AT - 3_600_000));
    assertThat(change.origin("eve"))
        .isEqualTo(
            "relearned by eve after incident inc_abc"
                + " (benign, judged by ann at 2026-03-02T00:00:00Z: new market)");
  }

  @Test
  void withoutAVerdictNothingIsLearnedAndTheWayToOneIsSaid() {
    assertThatThrownBy(() -> BenignChange.of(drift(null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inc_abc was not judged by anybody yet")
        .hasMessageContaining("./inferwarden alerts verdict inc_abc benign");
  }

  @ParameterizedTest
  @EnumSource(
      value = IncidentVerdict.class,
      names = {"TRUE_POSITIVE", "FALSE_POSITIVE"})
  void anotherVerdictIsNotEnough(IncidentVerdict verdict) {
    Judgement judgement = new Judgement(verdict, "ann", AT, "");

    assertThatThrownBy(() -> BenignChange.of(drift(judgement)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was judged " + verdict.code() + " by ann")
        .hasMessageContaining("alerts verdict inc_abc benign");
  }

  @ParameterizedTest
  @EnumSource(
      value = IncidentKind.class,
      names = {
        "INPUT_DRIFT",
        "OUTPUT_SHIFT",
        "MODEL_REPLACED",
        "SLOW_DRIFT",
        "COMMON_CAUSE",
        "VERSION_CHANGED"
      },
      mode = EnumSource.Mode.EXCLUDE)
  void whatIsNoChangeOfBehaviourIsNotLearned(IncidentKind kind) {
    Incident incident = incident(kind, "fraud", "7", List.of(), BENIGN);

    assertThatThrownBy(() -> BenignChange.of(incident))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is about " + kind.code())
        .hasMessageContaining("input_drift");
  }

  @Test
  void aCommonCauseConcernsTheModelsThatItNames() {
    Incident fleet =
        incident(
            IncidentKind.COMMON_CAUSE, Finding.ANY_MODEL, "", List.of("churn", "fraud"), BENIGN);

    assertThat(BenignChange.of(fleet).models()).containsExactly("churn", "fraud");
  }

  @Test
  void aCommonCauseThatNamesNoModelIsRefused() {
    Incident fleet = incident(IncidentKind.COMMON_CAUSE, Finding.ANY_MODEL, "", List.of(), BENIGN);

    assertThatThrownBy(() -> BenignChange.of(fleet)).hasMessageContaining("names no model");
  }

  @Test
  void aNoteCannotForgeLinesOfTheCard() {
    Judgement forged =
        new Judgement(IncidentVerdict.BENIGN_CHANGE, "ann", AT, "fine)\n  principals: blind");

    assertThat(BenignChange.of(drift(forged)).origin("eve")).doesNotContain("\n");
  }
}
