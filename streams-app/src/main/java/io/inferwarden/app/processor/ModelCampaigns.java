package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.cohort.Burst;
import io.inferwarden.detectors.cohort.Placement;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
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

  private static final int MOST_BURSTS = 1_000;

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
    if (number == 0 || (placement.isEmpty() && !standing.accused())) {
      return List.of();
    }
    Set<Long> changed = new TreeSet<>();
    changed.add(number);
    NamedCampaign campaign = campaigns.computeIfAbsent(number, n -> new NamedCampaign(finding));
    if (placement.isPresent()) {
      moveAll(changed);
      forgetWhatTheGroupingForgot();
    }
    campaign.name(account, placement.map(Placement::confidence).orElse(Double.NaN), finding);
    numbers.put(account, number);
    List<Finding> findings = new ArrayList<>();
    for (long each : changed) {
      NamedCampaign told = campaigns.get(each);
      if (told != null && told.isEmpty()) {
        campaigns.remove(each);
      } else if (told != null) {
        findings.add(told.finding(standing.timeMillis()));
      }
    }
    return findings;
  }

  /** Forgets the accounts that the grouping has forgotten, and campaigns that name nobody more. */
  private void forgetWhatTheGroupingForgot() {
    if (numbers.size() > MOST_ACCOUNTS) {
      numbers.keySet().removeIf(account -> grouping().campaignOf(account) == 0);
      Set<Long> left = new TreeSet<>(numbers.values());
      campaigns.keySet().retainAll(left);
    }
    while (bursts.size() > MOST_BURSTS) {
      bursts.remove(bursts.keySet().iterator().next());
    }
  }

  /** Follows the grouping where it has put accounts elsewhere than before. */
  private void moveAll(Set<Long> changed) {
    for (Map.Entry<String, Long> entry : numbers.entrySet()) {
      long before = entry.getValue();
      long now = grouping().campaignOf(entry.getKey());
      NamedCampaign from = campaigns.get(before);
      NamedCampaign to = campaigns.get(now);
      if (now != before && from != null && to != null) {
        to.takeFrom(from, entry.getKey());
        entry.setValue(now);
        changed.add(before);
        changed.add(now);
      }
    }
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
    NamedCampaign own = bursts.computeIfAbsent(burst.id(), id -> new NamedCampaign(finding));
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
