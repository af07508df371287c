package io.inferwarden.detectors.cohort;

/**
 * What has become of an account in the campaigns of a model.
 *
 * @param change what happened
 * @param campaign number of the campaign that the account is in now, &gt; 0
 * @param previousCampaign the one it was in before, 0 when it was in none
 * @param members number of accounts in the campaign now, &gt; 0
 * @param confidence how sure it is that the account belongs to the others, in [0, 1]: the posterior
 *     probability of a model, not a guarantee; NaN where there are no others
 */
public record Placement(
    Change change, long campaign, long previousCampaign, int members, double confidence) {
  /** The kinds of change. */
  public enum Change {
    /** Accused now, and like no campaign that was there. */
    FOUNDED,
    /** Accused now, and like the members of a campaign. */
    JOINED,
    /** Accused before; what it did since is more like another campaign, or like none. */
    MOVED
  }

  public Placement {
    if (campaign <= 0) {
      throw new IllegalArgumentException("campaign must be > 0, was " + campaign);
    }
    if (members <= 0) {
      throw new IllegalArgumentException("members must be > 0, was " + members);
    }
    if (confidence < 0 || confidence > 1) {
      throw new IllegalArgumentException("confidence must be in [0, 1], was " + confidence);
    }
  }
}
