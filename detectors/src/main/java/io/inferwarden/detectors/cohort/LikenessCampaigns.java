package io.inferwarden.detectors.cohort;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The accused accounts of one model, grouped by likeness: which of them are one campaign.
 *
 * <p>An account's recent counts {@code r} are, for each signal, how often each bin has occurred,
 * older events fading by 63/64 at each new one. With {@code C} the sum of the recent counts of a
 * campaign's other members, {@code N} their number of events, {@code p} and {@code kappa} of the
 * baseline and {@code DM(r; a)} the Dirichlet-multinomial probability of {@code r} with prior
 * weights {@code a},
 *
 * <pre>{@code
 * score = ln(members) + sum over signals of ln DM(r; kappa (C + 4 p) / (N + 4))
 *         - ln[(DM(r; kappa p / 16) + DM(r; 0.3)) / 2]
 * }</pre>
 *
 * The account joins the campaign with the best score if that is above 0, else it founds one. It is
 * placed again each time its events double.
 *
 * <p>Accusing. The bar of log evidence is {@code ln(principals / alpha)}, or that of the account's
 * network cohort if lower. For an account that is like a campaign of {@code m >= 3} members it is
 * {@code ln(principals / (0.05 (m + 1)))}. That is modelled on the e-BH rule but not proved: e-BH
 * fixes its hypotheses beforehand, here likeness selects them. Treat it as naming with a false
 * discovery rate in mind, not as spent budget.
 *
 * <p>Bounds: {@value #MAXIMUM_CAMPAIGNS} campaigns of {@value #MAXIMUM_MEMBERS} members, {@value
 * #MAXIMUM_ACCOUNTS} accounts in all. Beyond, the campaign that nobody joined for longest is
 * forgotten, or the member that was placed longest ago. A forgotten account that goes on is accused
 * and placed anew.
 *
 * <p>Mutable, not thread-safe, deterministic: the same reports in the same order give the same
 * placements. Cost: a report of an account below the lowest bar is a few comparisons; any other
 * costs two log gammas a bin and campaign.
 */
public final class LikenessCampaigns {
  /** Campaigns remembered. */
  public static final int MAXIMUM_CAMPAIGNS = 64;

  /** Members of a campaign that are remembered. */
  public static final int MAXIMUM_MEMBERS = 1024;

  /** Accounts remembered in all. */
  public static final int MAXIMUM_ACCOUNTS = 8192;

  private static final int VERSION = 1;
  private static final double FALSE_DISCOVERY_RATE = .05;
  private static final int FEWEST_TO_LOWER_BAR = 3;

  private static final class Standing {
    private LikenessCampaign campaign;
    private long placedAgainAtEvents;

    Standing(LikenessCampaign campaign, long placedAgainAtEvents) {
      this.campaign = campaign;
      this.placedAgainAtEvents = placedAgainAtEvents;
    }
  }

  private final Likeness likeness;
  private final double principals;
  private final double ownBar;
  private final List<LikenessCampaign> campaigns = new ArrayList<>();
  private final Map<String, Standing> standings = new HashMap<>();
  private long lastNumber;
  private long clock;

  /**
   * @param p usual bin probabilities of each signal, each &gt; 0, of sum 1
   * @param kappa concentration of each signal, 0.7 of the fitted one, &gt; 0
   * @param principals number of accounts that share the budget, &gt; 0
   * @param acceptedAccusals false accusals accepted over all of them, {@code alpha}, &gt; 0
   */
  public LikenessCampaigns(
      double[][] p, double[] kappa, double principals, double acceptedAccusals) {
    if (!(principals > 0)) {
      throw new IllegalArgumentException("principals must be > 0, was " + principals);
    }
    if (!(acceptedAccusals > 0)) {
      throw new IllegalArgumentException("acceptedAccusals must be > 0, was " + acceptedAccusals);
    }
    this.likeness = new Likeness(p, kappa);
    this.principals = principals;
    this.ownBar = Math.log(principals / acceptedAccusals);
  }

  /**
   * The least log evidence with which an account could be accused now. Below it, {@link #consider}
   * accuses nobody, and the recent counts need not be sent.
   *
   * @param cohortBar bar of the account's network cohort, {@link PrefixCohort#bar}
   */
  double lowestBar(double cohortBar) {
    int largest = 0;
    for (LikenessCampaign campaign : campaigns) {
      largest = Math.max(largest, campaign.size());
    }
    return Math.min(Math.min(cohortBar, ownBar), loweredBar(largest));
  }

  private double loweredBar(int members) {
    return Math.log(principals / (FALSE_DISCOVERY_RATE * (members + 1)));
  }

  /**
   * Takes a report of an account.
   *
   * @param account its name
   * @param logEvidence its log evidence
   * @param recent its recent counts, by signal and bin, each at least 0; not kept
   * @param events its number of events so far, &gt; 0
   * @param cohortBar bar of its network cohort, {@link PrefixCohort#bar}
   * @return what changed, if anything: the account is accused now, or has moved
   */
  public Optional<Placement> consider(
      String account, double logEvidence, double[][] recent, long events, double cohortBar) {
    if (!(events > 0)) {
      throw new IllegalArgumentException("events must be > 0, was " + events);
    }
    Standing standing = standings.get(account);
    if (standing != null) {
      return events < standing.placedAgainAtEvents
          ? Optional.empty()
          : placeAgain(account, standing, recent, events);
    }
    if (!(logEvidence >= lowestBar(cohortBar))) {
      return Optional.empty();
    }
    float[] counts = likeness.flatten(recent);
    Match match = best(account, counts);
    LikenessCampaign best = match.campaign();
    double bar = Math.min(cohortBar, ownBar);
    if (best != null && best.size() >= FEWEST_TO_LOWER_BAR) {
      bar = Math.min(bar, loweredBar(best.size()));
    }
    return logEvidence >= bar
        ? Optional.of(placeFirst(account, match, counts, events))
        : Optional.empty();
  }

  /** A campaign, and by how many nats it predicts an account better than starting afresh does. */
  private record Match(@Nullable LikenessCampaign campaign, double score) {
    double confidence() {
      return campaign == null ? Double.NaN : 1 / (1 + Math.exp(-score));
    }
  }

  private Match best(String account, float[] counts) {
    double alone = likeness.alone(counts);
    double highest = 0;
    LikenessCampaign best = null;
    for (LikenessCampaign campaign : campaigns) {
      float[] own = campaign.countsOf(account);
      int others = campaign.size() - (own == null ? 0 : 1);
      if (others == 0) {
        continue;
      }
      double score = Math.log(others) + likeness.given(campaign.pooled(), own, counts) - alone;
      if (score > highest) {
        highest = score;
        best = campaign;
      }
    }
    return new Match(best, highest);
  }

  private Placement placeFirst(String account, Match match, float[] counts, long events) {
    LikenessCampaign best = match.campaign();
    LikenessCampaign campaign = best == null ? found() : best;
    standings.put(account, new Standing(campaign, 2 * events));
    add(account, campaign, counts);
    return new Placement(
        best == null ? Placement.Change.FOUNDED : Placement.Change.JOINED,
        campaign.number(),
        0,
        campaign.size(),
        match.confidence());
  }

  private Optional<Placement> placeAgain(
      String account, Standing standing, double[][] recent, long events) {
    float[] counts = likeness.flatten(recent);
    Match match = best(account, counts);
    LikenessCampaign best = match.campaign();
    LikenessCampaign old = standing.campaign;
    old.remove(account);
    LikenessCampaign campaign = best != null ? best : old.size() == 0 ? old : found();
    standing.campaign = campaign;
    standing.placedAgainAtEvents = 2 * events;
    add(account, campaign, counts);
    if (old.size() == 0) {
      campaigns.remove(old);
    }
    return campaign == old
        ? Optional.empty()
        : Optional.of(
            new Placement(
                Placement.Change.MOVED,
                campaign.number(),
                old.number(),
                campaign.size(),
                match.confidence()));
  }

  private LikenessCampaign found() {
    LikenessCampaign founded = new LikenessCampaign(++lastNumber, likeness.bins());
    campaigns.add(founded);
    return founded;
  }

  private void add(String account, LikenessCampaign campaign, float[] counts) {
    campaign.add(account, counts, ++clock);
    if (campaign.size() > MAXIMUM_MEMBERS) {
      standings.remove(campaign.forgetOldest());
    }
    if (campaigns.size() > MAXIMUM_CAMPAIGNS) {
      forgetStalest();
    }
    if (standings.size() > MAXIMUM_ACCOUNTS) {
      forgetOldestOfLargest();
    }
  }

  private void forgetStalest() {
    LikenessCampaign stalest = campaigns.get(0);
    for (LikenessCampaign campaign : campaigns) {
      if (campaign.lastPlaced() < stalest.lastPlaced()) {
        stalest = campaign;
      }
    }
    campaigns.remove(stalest);
    stalest.accounts().forEach(standings::remove);
  }

  private void forgetOldestOfLargest() {
    LikenessCampaign largest = campaigns.get(0);
    for (LikenessCampaign campaign : campaigns) {
      if (campaign.size() > largest.size()) {
        largest = campaign;
      }
    }
    standings.remove(largest.forgetOldest());
  }

  /** The number of the campaign that the account is in; 0 when it was not accused. */
  public long campaignOf(String account) {
    Standing standing = standings.get(account);
    return standing == null ? 0 : standing.campaign.number();
  }

  /** The accounts of a campaign, in the order of their names; empty when there is none. */
  public Set<String> members(long campaign) {
    for (LikenessCampaign candidate : campaigns) {
      if (candidate.number() == campaign) {
        return new TreeSet<>(candidate.accounts());
      }
    }
    return Set.of();
  }

  /** The numbers of all campaigns, in the order they were founded. */
  public List<Long> campaigns() {
    return campaigns.stream().map(LikenessCampaign::number).toList();
  }

  /** Writes the state without the baseline; {@link #readFrom} continues it identically. */
  public void writeTo(StateWriter writer) {
    writer.writeByte(VERSION).writeLong(lastNumber).writeLong(clock).writeInt(campaigns.size());
    for (LikenessCampaign campaign : campaigns) {
      campaign.writeTo(writer);
      for (String account : campaign.accounts()) {
        writer.writeLong(placedAgainAtEvents(account));
      }
    }
  }

  private long placedAgainAtEvents(String account) {
    Standing standing = standings.get(account);
    return standing == null ? 0 : standing.placedAgainAtEvents;
  }

  /**
   * Reads what {@link #writeTo} wrote into these campaigns, which must be new and of the same
   * baseline.
   *
   * @throws IllegalArgumentException when the bytes are of another version or number of bins
   */
  public void readFrom(StateReader reader) {
    if (!campaigns.isEmpty()) {
      throw new IllegalArgumentException("campaigns must be new, had " + campaigns.size());
    }
    Versions.require(VERSION, reader.readByte());
    lastNumber = reader.readLong();
    clock = reader.readLong();
    for (int left = reader.readInt(); left > 0; left--) {
      LikenessCampaign campaign = LikenessCampaign.readFrom(reader, likeness.bins());
      campaigns.add(campaign);
      for (String account : campaign.accounts()) {
        standings.put(account, new Standing(campaign, reader.readLong()));
      }
    }
  }
}
