package io.inferwarden.app.baseline;

import io.inferwarden.detectors.budget.AlarmBudget;
import io.inferwarden.detectors.evidence.RateBaseline;
import io.inferwarden.detectors.model.BlindnessCard;
import io.inferwarden.detectors.model.ModelBaseline;
import io.inferwarden.detectors.model.SignalProfile;
import io.inferwarden.detectors.state.StateReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A baseline of inputs and outputs in full: what is usual, and what would be seen at this traffic
 * under this budget.
 *
 * @param baseline which
 * @param policy where the budget comes from, for people
 * @param budget that is spent
 * @param signals what is usual for each signal
 * @param card what would be seen
 */
public record BaselineDetail(
    BaselineRecord baseline,
    String policy,
    AlarmBudget budget,
    List<SignalProfile> signals,
    BlindnessCard card) {
  private static final int DAY_HOURS = 24;

  public BaselineDetail {
    signals = List.copyOf(signals);
  }

  /**
   * Looks at a baseline; takes a second or two.
   *
   * @param policy where the budget comes from, for people
   * @return empty when the record holds no baseline of inputs and outputs, or the budget gives
   *     models nothing to spend
   */
  public static Optional<BaselineDetail> of(
      BaselineRecord baseline, String policy, AlarmBudget budget) {
    byte[] behaviour = baseline.behaviour();
    if (behaviour == null || !(budget.modelShare() > 0)) {
      return Optional.empty();
    }
    ModelBaseline learned = ModelBaseline.readFrom(new StateReader(behaviour));
    double spend = budget.modelPaneSpend(learned.paneMillis(), baseline.modelsKnown());
    BlindnessCard card = BlindnessCard.of(learned, eventsPerPane(baseline, learned), spend);
    return Optional.of(new BaselineDetail(baseline, policy, budget, learned.profile(), card));
  }

  /** The usual traffic: the mean over the day where it was learned, else that of the sample. */
  private static double eventsPerPane(BaselineRecord baseline, ModelBaseline learned) {
    byte[] rate = baseline.rate();
    if (rate == null) {
      return learned.eventsPerPane();
    }
    RateBaseline usual = RateBaseline.readFrom(new StateReader(rate));
    return IntStream.range(0, DAY_HOURS).mapToDouble(usual::mean).average().orElseThrow();
  }
}
