package io.inferwarden.app.demo;

import io.inferwarden.app.backtest.TraceLabels.Expected;
import io.inferwarden.app.backtest.TraceLabels.ModelLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/**
 * Three models that the same few applications use: one whose input drifts, one that is replaced in
 * secret, one with a harmless season.
 */
final class OtherModels {
  private static final int CALLERS = 25;
  private static final double EVENTS_AN_HOUR = 50;
  private static final double DRIFT_HOUR = 34;
  private static final int DRIFTING_FEATURE = 2;
  private static final double DRIFT = 1.2;
  private static final double SWAP_HOUR = 36;
  private static final int FAVOURED_CLASS = 2;
  private static final double FAVOURED_EXCESS = 10;
  private static final double SEASON_OF_TRAFFIC = .35;
  private static final double SEASON_OF_MIX = .1;

  private final Recording recording;
  private final SplittableRandom random;
  private final long startMillis;
  private final long endMillis;
  private final List<Caller> callers = new ArrayList<>();
  private final double[] shares = new double[CALLERS];

  OtherModels(
      Recording recording,
      Caller.Register register,
      SplittableRandom random,
      long startMillis,
      long endMillis) {
    this.recording = recording;
    this.random = random;
    this.startMillis = startMillis;
    this.endMillis = endMillis;
    for (int i = 0; i < CALLERS; i++) {
      callers.add(register.next("platform"));
      shares[i] = 1 / (i + 3.0);
    }
  }

  List<ModelLabel> run() {
    long driftMillis = startMillis + Math.round(DRIFT_HOUR * TimeUnit.HOURS.toMillis(1));
    long swapMillis = startMillis + Math.round(SWAP_HOUR * TimeUnit.HOURS.toMillis(1));
    ServedModel churn = DemoModels.churnPredictor(random.split());
    traffic(0, time -> churn, time -> churnRow(churn, time >= driftMillis));
    ServedModel credit = DemoModels.creditRisk(random.split());
    ServedModel swapped = credit.swapped(FAVOURED_CLASS, FAVOURED_EXCESS, random.split());
    traffic(
        0, time -> time < swapMillis ? credit : swapped, time -> credit.population().draw(random));
    ServedModel triage = DemoModels.supportTriage(random.split());
    traffic(SEASON_OF_TRAFFIC, time -> triage, time -> triageRow(triage, time));
    String drifting = churn.space().numerics().get(DRIFTING_FEATURE).name();
    return List.of(
        label(churn, "covariate_sudden", driftMillis, Expected.ALERT, List.of(drifting)),
        label(credit, "model_swap", swapMillis, Expected.ALERT, List.of()),
        label(triage, "seasonal_daynight", startMillis, Expected.QUIET, List.of()));
  }

  private static ModelLabel label(
      ServedModel model, String change, long atMillis, Expected expected, List<String> features) {
    return new ModelLabel(model.name(), change, "strong", atMillis, expected, features);
  }

  private void traffic(
      double season, LongFunction<ServedModel> serving, LongFunction<double[]> rows) {
    double meanSeconds = 3600 / EVENTS_AN_HOUR;
    long time = startMillis;
    while (true) {
      time += Draws.waitMillis(meanSeconds / (1 + season * dayness(time)), random);
      if (time >= endMillis) {
        return;
      }
      Caller caller = callers.get(Draws.index(shares, random));
      recording.ask(time, caller, serving.apply(time), rows.apply(time));
    }
  }

  /** 1 at two in the afternoon, -1 at two at night. */
  private static double dayness(long timeMillis) {
    double hour = (timeMillis / (double) TimeUnit.HOURS.toMillis(1)) % 24;
    return Math.cos((hour - 14) * Math.PI / 12);
  }

  private double[] churnRow(ServedModel churn, boolean drifted) {
    double[] row = churn.population().draw(random);
    if (drifted) {
      row[DRIFTING_FEATURE] = Math.min(FeatureSpace.REACH, row[DRIFTING_FEATURE] + DRIFT);
    }
    return churn.space().snap(row);
  }

  private double[] triageRow(ServedModel triage, long timeMillis) {
    double[] weights = triage.population().weights();
    for (int group = 0; group < weights.length; group++) {
      double sign = triage.population().classOf(group) % 2 == 0 ? 1 : -1;
      weights[group] *= 1 + sign * SEASON_OF_MIX * dayness(timeMillis);
    }
    return triage.population().drawFrom(Draws.index(weights, random), random);
  }
}
