package io.inferwarden.app.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.detectors.budget.AlarmBudget;
import io.inferwarden.detectors.model.BlindnessCard;
import io.inferwarden.detectors.model.ShiftKind;
import io.inferwarden.detectors.model.ShiftSight;
import io.inferwarden.detectors.model.SignalGroup;
import io.inferwarden.detectors.model.SignalProfile;
import io.inferwarden.detectors.model.SignalSight;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BaselineDetailTest {
  private static final long HOUR = 3_600_000;
  private static final double NEVER = Double.POSITIVE_INFINITY;

  private static BaselineDetail detail() {
    SignalProfile amount =
        new SignalProfile(
            "amount",
            SignalGroup.INPUT,
            true,
            List.of(
                new SignalProfile.Bin("below 1 (never seen)", .001),
                new SignalProfile.Bin("amount 1 to 5", .6),
                new SignalProfile.Bin("amount 5 to 9", .379),
                new SignalProfile.Bin("missing", .02)),
            24,
            800,
            .12,
            2.5,
            1480);
    SignalProfile label =
        new SignalProfile(
            "output.label",
            SignalGroup.OUTPUT,
            false,
            List.of(
                new SignalProfile.Bin("output.label = yes", .9),
                new SignalProfile.Bin("NEW value", .1)),
            0,
            1e7,
            0,
            Double.NaN,
            1500);
    List<ShiftSight.Delay> seen =
        List.of(new ShiftSight.Delay(1, HOUR), new ShiftSight.Delay(.5, 9 * HOUR));
    SignalSight numbers =
        new SignalSight(
            "amount",
            .5,
            List.of(
                new ShiftSight(
                    ShiftKind.MEAN,
                    seen,
                    List.of(
                        new ShiftSight.Delay(.2, NEVER),
                        new ShiftSight.Delay(.5, 9 * HOUR),
                        new ShiftSight.Delay(1, HOUR)))));
    SignalSight words =
        new SignalSight(
            "output.label",
            .5,
            List.of(
                new ShiftSight(
                    ShiftKind.NEW_VALUE, List.of(), List.of(new ShiftSight.Delay(.02, NEVER)))));
    return new BaselineDetail(
        BaselineRecordTest.baseline("fraud", "7", true, BaselineRecordTest.START + 60 * HOUR),
        "the default policy",
        AlarmBudget.ofWeekly(1),
        List.of(amount, label),
        new BlindnessCard(25, HOUR, .001, 168 * HOUR, List.of(numbers, words)));
  }

  @Test
  void theTextShowsTheProfileAndWhatWouldBeSeen() {
    assertThat(BaselineDetailText.of(detail()))
        .isEqualTo(
            """
              What is usual
                amount (input): by hour of the day, kappa 800, location varies by 0.12 sd, rests on 1480 events
                  ▁█▆▁  below 1 (never seen) 0.1 %, 1 to 5 60 %, 5 to 9 37.9 %, missing 2 %
                output.label (output): no season, kappa above 1e5, rests on 1500 events
                  █▁  yes 90 %, NEW value 10 %
              What would be seen, at 25 events a pane of 1h and a budget of 1 false incidents a week (the default policy),
              of which 0.5 for the inputs and outputs of all models (4 known): the smallest shift seen within
              a time, and the median time until a shift of known size is seen, for each signal alone
              (blind: not seen within a week)
                signal        shift             a pane  an hour  a day   a week  until seen
                amount        mean, 1 sd = 2.5  1 sd    1 sd     0.5 sd  0.5 sd  0.2 sd blind, 0.5 sd 9h, 1 sd 1h
                output.label  new value         blind   blind    blind   blind   2 % blind"""
                .indent(2)
                .stripTrailing());
  }

  @Test
  void theJsonHoldsTheSameFigures() {
    JsonNode json = BaselineDetailJson.of(detail().baseline(), Optional.of(detail()));

    assertThat(json.path("model").asText()).isEqualTo("fraud");
    assertThat(json.path("eventsPerPane").asDouble()).isEqualTo(25);
    assertThat(json.path("budget").path("spendPerPane").asDouble()).isEqualTo(.001);
    JsonNode amount = json.path("signals").path(0);
    assertThat(amount.path("group").asText()).isEqualTo("input");
    assertThat(amount.path("seasonHours").asInt()).isEqualTo(24);
    assertThat(amount.path("bins").path(1).path("share").asDouble()).isEqualTo(.6);
    JsonNode mean = amount.path("shifts").path(0);
    assertThat(mean.path("kind").asText()).isEqualTo("mean");
    assertThat(mean.path("smallestSeenWithin").path("pane").asDouble()).isEqualTo(1);
    assertThat(mean.path("smallestSeenWithin").path("day").asDouble()).isEqualTo(.5);
    assertThat(mean.path("standard").path(0).path("medianMillis").isNull()).isTrue();
    JsonNode label = json.path("signals").path(1);
    assertThat(label.path("blind").asBoolean()).isTrue();
    assertThat(label.path("deviation").isNull()).isTrue();
    assertThat(label.path("shifts").path(0).path("smallestSeenWithin").path("week").isNull())
        .isTrue();
  }

  @Test
  void aListSaysWhichBaselinesThereAre() {
    JsonNode list = BaselineDetailJson.listOf(List.of(detail().baseline()));

    assertThat(list).hasSize(1);
    assertThat(list.path(0).path("version").asText()).isEqualTo("7");
    assertThat(list.path(0).has("signals")).isFalse();
  }

  @Test
  void aRecordWithoutInputsAndOutputsHasNoDetail() {
    BaselineRecord record =
        new BaselineRecord(
            "bl_0", "fraud", "", true, 1, 2, 1, "stream", new byte[1], null, null, null, List.of());

    assertThat(BaselineDetail.of(record, "the default policy", AlarmBudget.ofWeekly(1))).isEmpty();
  }
}
