package io.inferwarden.app.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BaselinePromotionTest {
  private static final long UNTIL = BaselineRecordTest.START + 86_400_000;
  private static final byte[] LEARNED = {1, 2, 3};
  private static final byte[] OTHER = {4, 5};

  private static BaselineRecord learned(String version, boolean primary, boolean full) {
    return new BaselineRecord(
        BaselineRecord.idOf(
            "fraud", version, UNTIL, full ? List.of(OTHER, LEARNED, OTHER) : List.of(LEARNED)),
        "fraud",
        version,
        primary,
        BaselineRecordTest.START,
        UNTIL,
        1,
        "stream",
        full ? OTHER : null,
        null,
        LEARNED,
        full ? OTHER : null,
        List.of());
  }

  private static ModelBaselines inForce(List<BaselineRecord> records) {
    BaselineRegistry registry = new BaselineRegistry("baselines");
    records.forEach(one -> registry.accept(one.topicKey(), one.toBytes()));
    ModelBaselines known = registry.of("fraud");
    assertThat(known).isNotNull();
    return known;
  }

  @Test
  void aBaselineOfTheSameVersionTakesItsPlaceAlone() {
    BaselineRecord promoted = learned("7", true, true);

    assertThat(BaselinePromotion.records(promoted, List.of(learned("7", true, true))))
        .containsExactly(promoted);
  }

  @Test
  void aPrimaryBaselineOfANewerVersionJudgesInputsFromThenOn() {
    BaselineRecord before = learned("7", true, true);
    BaselineRecord promoted = learned("8", true, true);

    List<BaselineRecord> records = BaselinePromotion.records(promoted, List.of(before));

    ModelBaselines known = inForce(List.of(before, records.get(0), records.get(1)));
    assertThat(known.primary().id()).isEqualTo(promoted.id());
    BaselineRecord demoted = known.ofVersion("7");
    assertThat(demoted).isNotNull();
    assertThat(demoted.id()).isNotEqualTo(before.id());
    assertThat(demoted.behaviour()).isEqualTo(before.behaviour());
    assertThat(demoted.principals()).isNull();
    assertThat(demoted.rate()).isNull();
  }

  @Test
  void baselinesOfOtherModelsAndOfOutputsAloneStay() {
    BaselineRecord promoted = learned("8", true, true);
    List<BaselineRecord> known =
        List.of(
            BaselineRecordTest.baseline("churn", "1", true, UNTIL),
            BaselineRecordTest.baseline("fraud", "6", false, UNTIL));

    assertThat(BaselinePromotion.records(promoted, known)).containsExactly(promoted);
  }

  @Test
  void aBaselineOfOutputsLeavesThePrimaryOneAlone() {
    BaselineRecord promoted = learned("8", false, false);

    assertThat(BaselinePromotion.records(promoted, List.of(learned("7", true, true))))
        .containsExactly(promoted);
  }

  @Test
  void whatWasTooLittleToLearnIsKeptFromTheOneBefore() {
    BaselineRecord before = learned("7", true, true);

    BaselineRecord promoted =
        BaselinePromotion.inPlaceOf(
            Optional.of(before), learned("7", true, false), 5, "relearned by eve");

    assertThat(promoted.principals()).isEqualTo(OTHER);
    assertThat(promoted.rate()).isEqualTo(OTHER);
    assertThat(promoted.notes())
        .containsExactly(
            "what is usual for principals is kept from " + before.id(),
            "how many requests are usual is kept from " + before.id());
    assertThat(promoted.modelsKnown()).isEqualTo(5);
    assertThat(promoted.origin()).isEqualTo("relearned by eve");
    assertThat(promoted.id())
        .isEqualTo(BaselineRecord.idOf("fraud", "7", UNTIL, List.of(OTHER, LEARNED, OTHER)));
  }

  @Test
  void aBaselineOfOutputsTakesNothingOver() {
    BaselineRecord promoted =
        BaselinePromotion.inPlaceOf(
            Optional.of(learned("7", true, true)), learned("8", false, false), 5, "relearned");

    assertThat(promoted.principals()).isNull();
    assertThat(promoted.notes()).isEmpty();
  }
}
