package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.cohort.Burst;
import io.inferwarden.detectors.cohort.Placement;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The accused accounts of one model by campaign, and what the incidents say of them. */
final class ModelCampaigns {
  /** Accounts that a burst and a campaign have in common at least, to be one. */
  private static final int FEWEST_IN_BOTH = 3;

  /** The grouping remembers fewer accounts than that. */
  private static final int MOST_ACCOUNTS = 10_000;

  private static final int MOST_BURSTS = 64;

  private final Map<Long, NamedCampaign> campaigns = new TreeMap<>();
  private final Map<Integer, NamedCampaign> bursts = new TreeMap<>();

  /** The campaign of each accused account. */
  private final Map<String, Long> numbers = new TreeMap<>();

  private @Nullable AccusedGrouping grouping;
  private byte @Nullable [] unread;

  /** Gives the campaigns the grouping that their baseline asks for, once. */
  void groupBy(AccusedGrouping byBaseline) {
    if (grouping == null) {
      if (unread != null) {
        byBaseline.readFrom(new StateReader(unread));
        unread = null;
      }
      grouping = byBaseline;
    }
  }

  boolean isGrouped() {
    return grouping != null;
  }

  /**
   * Takes the standing of an account that may be accused.
   *
   * @param finding what there is to say of it
   * @param ownBar log evidence at which the account is accused for what it does alone
   * @return what the incidents have to say now: nothing, or the campaigns that changed
   */
  List<Finding> hear(
      CohortMessage.Standing standing, Finding finding, double ownBar, double cohortBar) {
    String account = standing.principal();
    double logEvidence =
        standing.accused() ? Math.max(ownBar, standing.logEvidence()) : standing.logEvidence();
    Optional<Placement> placement =
        grouping().consider(account, logEvidence, standing.traits(), finding.events(), cohortBar);
    long number = grouping().campaignOf(account);
    boolean isNews = placement.isPresent() || standing.accused();
    NamedCampaign ofBurst = numbers.containsKey(account) ? null : burstOf(account);
    if (number == 0 || (ofBurst != null && !isNews)) {
      return List.of();
    }
    if (ofBurst != null) { // its incident is that of the burst
      ofBurst.name(account, Double.NaN, finding);
      return told(ofBurst, standing, placement.isPresent());
    }
    NamedCampaign campaign =
        campaigns.computeIfAbsent(number, n -> new NamedCampaign(finding, subject(finding, n)));
    boolean moved = followTheGrouping();
    numbers.put(account, number);
    forgetWhatTheGroupingForgot();
    if (!isNews && !moved && !campaign.isEmpty()) {
      return List.of();
    }
    campaign.name(account, placement.map(Placement::confidence).orElse(Double.NaN), finding);
    return told(campaign, standing, placement.isPresent() || moved);
  }

  /** Whether the account is in a campaign; only what is heard of such an account is kept. */
  boolean isAccused(String account) {
    return grouping().campaignOf(account) != 0;
  }

  /** The campaign as a finding, where there is something new to say of it. */
  private static List<Finding> told(
      NamedCampaign campaign, CohortMessage.Standing standing, boolean hasChanged) {
    return hasChanged || campaign.isWorthTelling(standing.timeMillis())
        ? List.of(campaign.finding(standing.timeMillis()))
        : List.of();
  }

  private @Nullable NamedCampaign burstOf(String account) {
    for (NamedCampaign burst : bursts.values()) {
      if (burst.overlap(Set.of(account)) > 0) {
        return burst;
      }
    }
    return null;
  }

  /** That of the account, unless another campaign has it since the account was part of it. */
  private String subject(Finding finding, long number) {
    boolean isTaken =
        campaigns.values().stream()
            .anyMatch(campaign -> campaign.subject().equals(finding.subject()));
    return isTaken ? "campaign:" + finding.model() + "/accounts-" + number : finding.subject();
  }

  /** Forgets the accounts that the grouping has forgotten, and campaigns that name nobody more. */
  private void forgetWhatTheGroupingForgot() {
    if (numbers.size() > MOST_ACCOUNTS) {
      numbers.keySet().removeIf(account -> grouping().campaignOf(account) == 0);
      campaigns.values().forEach(campaign -> campaign.retain(numbers.keySet()));
    }
    campaigns.keySet().retainAll(new TreeSet<>(numbers.values()));
    while (bursts.size() > MOST_BURSTS) {
      bursts.remove(bursts.keySet().iterator().next());
    }
  }

  /** Puts accounts where the grouping has put them; whether there were any to move. */
  private boolean followTheGrouping() {
    boolean moved = false;
    for (Map.Entry<String, Long> entry : numbers.entrySet()) {
      long before = entry.getValue();
      long now = grouping().campaignOf(entry.getKey());
      NamedCampaign from = campaigns.get(before);
      NamedCampaign to = campaigns.get(now);
      if (now != before && from != null && to != null) {
        to.takeFrom(from, entry.getKey());
        entry.setValue(now);
        moved = true;
      }
    }
    return moved;
  }

  /**
   * Takes a burst of wording that accuses its members.
   *
   * @param accounts its members, without those whose role explains it
   * @param finding what there is to say of it, without members
   * @return the campaign that it is, or that it belongs to
   */
  Finding hear(Burst burst, Set<String> accounts, Finding finding) {
    for (NamedCampaign accused : campaigns.values()) {
      int both = accused.overlap(accounts);
      if (both >= FEWEST_IN_BOTH && 2 * both >= Math.min(accused.size(), accounts.size())) {
        accused.include(burst, accounts, finding);
        return accused.finding(finding.atMillis());
      }
    }
    burst.absorbed().forEach(bursts::remove);
    NamedCampaign own =
        bursts.computeIfAbsent(burst.id(), id -> new NamedCampaign(finding, finding.subject()));
    own.nameAll(burst, accounts, finding);
    return own.finding(finding.atMillis());
  }

  private AccusedGrouping grouping() {
    AccusedGrouping known = grouping;
    if (known == null) {
      throw new IllegalStateException("groupBy must be called first");
    }
    return known;
  }

  static final StateCodec<ModelCampaigns> CODEC =
      new StateCodec<>() {
        @Override
        public void write(ModelCampaigns model, StateWriter out) {
          out.writeInt(model.campaigns.size());
          model.campaigns.forEach(
              (number, campaign) -> {
                out.writeLong(number);
                campaign.writeTo(out);
              });
          out.writeInt(model.bursts.size());
          model.bursts.forEach(
              (id, campaign) -> {
                out.writeInt(id);
                campaign.writeTo(out);
              });
          out.writeInt(model.numbers.size());
          model.numbers.forEach((account, number) -> out.writeString(account).writeLong(number));
          StateWriter grouped = new StateWriter();
          AccusedGrouping known = model.grouping;
          if (known != null) {
            known.writeTo(grouped);
          }
          byte[] asRead = model.unread;
          out.writeBytes(asRead == null ? grouped.toBytes() : asRead);
        }

        @Override
        public ModelCampaigns read(StateReader in) {
          ModelCampaigns model = new ModelCampaigns();
          for (int left = in.readInt(); left > 0; left--) {
            model.campaigns.put(in.readLong(), NamedCampaign.readFrom(in));
          }
          for (int left = in.readInt(); left > 0; left--) {
            model.bursts.put(in.readInt(), NamedCampaign.readFrom(in));
          }
          for (int left = in.readInt(); left > 0; left--) {
            model.numbers.put(in.readString(), in.readLong());
          }
          model.unread = in.readBytes();
          return model;
        }
      };
}
