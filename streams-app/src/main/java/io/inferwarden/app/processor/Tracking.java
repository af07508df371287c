package io.inferwarden.app.processor;

import io.inferwarden.app.settings.DetectionSettings;

/**
 * On what terms the principals of a model are tracked under its baseline; made once for each
 * baseline.
 *
 * @param baselineId evidence that was gathered under another one begins anew
 * @param namesPerWeek how many principals the baseline expects in a week in one partition, above 0
 * @param spendPerHour expected false floods granted to this model in this partition for an hour, at
 *     least 0
 */
record Tracking(String baselineId, double namesPerWeek, double spendPerHour) {
  /**
   * The part of the principals' share of the budget that the watch over floods spends; the
   * principals themselves have the rest.
   */
  static final double FLOODS_PART = .02;

  private static final double HOURS_PER_WEEK = 7 * 24;

  Tracking {
    if (!(namesPerWeek > 0 && namesPerWeek < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "namesPerWeek must be > 0 and finite, was " + namesPerWeek);
    }
    if (!(spendPerHour >= 0 && spendPerHour < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "spendPerHour must be >= 0 and finite, was " + spendPerHour);
    }
  }

  /**
   * The terms that follow from the settings.
   *
   * @param expectedPrincipalsPerWeek of the model in all partitions, above 0
   * @param models among which the budget is split, at least 1
   */
  static Tracking of(
      String baselineId,
      double expectedPrincipalsPerWeek,
      double models,
      DetectionSettings settings) {
    double perWeek =
        settings.budget().falseIncidentsPerWeek()
            * settings.budget().principalShare()
            * FLOODS_PART;
    return new Tracking(
        baselineId,
        expectedPrincipalsPerWeek / settings.eventPartitions(),
        perWeek / HOURS_PER_WEEK / models / settings.eventPartitions());
  }
}
