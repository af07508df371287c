package io.inferwarden.app.processor;

import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.detectors.cohort.LikenessCampaigns;
import io.inferwarden.detectors.cohort.Placement;
import io.inferwarden.detectors.principal.PrincipalBaseline;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Optional;

/** Groups the accused accounts of a classifier by what they have asked of late. */
final class LikenessGrouping implements AccusedGrouping {
  private final LikenessCampaigns campaigns;

  LikenessGrouping(PrincipalBaseline baseline, double principals, double principalSpend) {
    this.campaigns =
        new LikenessCampaigns(
            baseline.centres(), baseline.kappas(), principals, principals * principalSpend);
  }

  @Override
  public Optional<Placement> consider(
      String account,
      double logEvidence,
      CohortMessage.Traits traits,
      long events,
      double cohortBar) {
    double[][] recent = new double[traits.recent().length][];
    for (int signal = 0; signal < recent.length; signal++) {
      float[] counts = traits.recent()[signal];
      recent[signal] = new double[counts.length];
      for (int bin = 0; bin < counts.length; bin++) {
        recent[signal][bin] = counts[bin];
      }
    }
    return campaigns.consider(account, logEvidence, recent, Math.max(1, events), cohortBar);
  }

  @Override
  public long campaignOf(String account) {
    return campaigns.campaignOf(account);
  }

  @Override
  public void writeTo(StateWriter out) {
    campaigns.writeTo(out);
  }

  @Override
  public void readFrom(StateReader in) {
    campaigns.readFrom(in);
  }
}
