package io.inferwarden.detectors.budget;

/**
 * The false incidents that the operator accepts, and how they are shared out by kind of stream.
 * What the shares leave is reserved.
 *
 * @param falseIncidentsPerWeek expected false incidents per week of the whole deployment, above 0
 * @param principalShare share spent on principals, in [0, 1]
 * @param modelShare share spent on input drift and output shift of models, in [0, 1]
 * @param silenceShare share spent on models that fall silent, in [0, 1]
 * @param fleetShare share spent on causes that many models have in common, in [0, 1]
 * @param campaignShare share spent on what many principals have in common, in [0, 1]: on their
 *     networks and, where they ask by text, half on bursts of wording; the shares sum to at most 1
 */
public record AlarmBudget(
    double falseIncidentsPerWeek,
    double principalShare,
    double modelShare,
    double silenceShare,
    double fleetShare,
    double campaignShare) {
  private static final double WEEK_MILLIS = 7 * 86_400_000.0;
  private static final double ROUNDING = 1e-9;

  public AlarmBudget {
    if (!(falseIncidentsPerWeek > 0 && falseIncidentsPerWeek < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "falseIncidentsPerWeek must be > 0 and finite, was " + falseIncidentsPerWeek);
    }
    requireShare("principalShare", principalShare);
    requireShare("modelShare", modelShare);
    requireShare("silenceShare", silenceShare);
    requireShare("fleetShare", fleetShare);
    requireShare("campaignShare", campaignShare);
    double sum = principalShare + modelShare + silenceShare + fleetShare + campaignShare;
    if (sum > 1 + ROUNDING) {
      throw new IllegalArgumentException("shares must sum to <= 1, was " + sum);
    }
  }

  /**
   * The usual shares: three tenths on principals, half on models, a tenth on campaigns, a twentieth
   * on silence and on common causes each.
   */
  public static AlarmBudget ofWeekly(double falseIncidentsPerWeek) {
    return new AlarmBudget(falseIncidentsPerWeek, .3, .5, .05, .05, .1);
  }

  /** Share of the budget that no kind of stream spends. */
  public double reservedShare() {
    return Math.max(0, 1 - principalShare - modelShare - silenceShare - fleetShare - campaignShare);
  }

  /**
   * Spend of one pane of one model's drift evidence.
   *
   * @param paneMillis length of a pane in milliseconds, above 0
   * @param models number of models that spend, at least 1; where models have weights, the sum of
   *     all weights over the model's own
   */
  public double modelPaneSpend(long paneMillis, double models) {
    return paneSpend(modelShare, paneMillis, models);
  }

  /**
   * Spend of one pane of one stream that watches for silence.
   *
   * @param paneMillis length of a pane in milliseconds, above 0
   * @param streams number of such streams, at least 1; where they have weights, the sum of all
   *     weights over the stream's own
   */
  public double silencePaneSpend(long paneMillis, double streams) {
    return paneSpend(silenceShare, paneMillis, streams);
  }

  /**
   * Spend of one pane of all fleet streams together.
   *
   * @param paneMillis length of a pane in milliseconds, above 0
   */
  public double fleetPaneSpend(long paneMillis) {
    return modelShare == 0 ? 0 : paneSpend(fleetShare, paneMillis, 1);
  }

  /**
   * By what the models' evidence is multiplied so that its spend is the fleet's: {@code fleetShare
   * / modelShare}; 0 when models spend nothing. See {@link FleetEvidence}.
   */
  public double fleetScale() {
    return modelShare == 0 ? 0 : fleetShare / modelShare;
  }

  /**
   * Spend of one principal, over all the time it is tracked.
   *
   * @param expectedPrincipalsPerWeek how many principals are expected to be judged in a week, above
   *     0
   */
  public double principalSpend(double expectedPrincipalsPerWeek) {
    return principalSpendOf(principalShare, expectedPrincipalsPerWeek);
  }

  private double principalSpendOf(double share, double expectedPrincipalsPerWeek) {
    if (!(expectedPrincipalsPerWeek > 0 && expectedPrincipalsPerWeek < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "expectedPrincipalsPerWeek must be > 0 and finite, was " + expectedPrincipalsPerWeek);
    }
    return falseIncidentsPerWeek * share / expectedPrincipalsPerWeek;
  }

  /**
   * Spend of one network of principals, over all the time it is tracked.
   *
   * @param expectedPrincipalsPerWeek how many principals are expected to be judged in a week, above
   *     0; there are no more networks than that
   * @param besideWordings whether the wordings of these principals spend the other half
   */
  public double networkSpend(double expectedPrincipalsPerWeek, boolean besideWordings) {
    double share = besideWordings ? campaignShare / 2 : campaignShare;
    return principalSpendOf(share, expectedPrincipalsPerWeek);
  }

  /**
   * Spend of one wording at each new principal.
   *
   * @param expectedPrincipalsPerWeek how many principals are expected to be judged in a week, above
   *     0
   * @param wordings number of wordings that are watched at once, at least 1
   */
  public double wordingSpend(double expectedPrincipalsPerWeek, int wordings) {
    if (wordings < 1) {
      throw new IllegalArgumentException("wordings must be >= 1, was " + wordings);
    }
    return principalSpendOf(campaignShare / 2, expectedPrincipalsPerWeek) / wordings;
  }

  private double paneSpend(double share, long paneMillis, double streams) {
    if (paneMillis <= 0) {
      throw new IllegalArgumentException("paneMillis must be > 0, was " + paneMillis);
    }
    if (!(streams >= 1)) {
      throw new IllegalArgumentException("number of streams must be >= 1, was " + streams);
    }
    return falseIncidentsPerWeek * share * paneMillis / WEEK_MILLIS / streams;
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], was " + share);
    }
  }
}
