package io.inferwarden.detectors.cohort;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many new accounts that took up the same wording with different work, as it looks now.
 *
 * @param id number of the burst, &gt; 0; it stays while the burst lasts
 * @param absorbed bursts that were told before under numbers of their own and are part of this one
 *     from now on
 * @param kind what it is
 * @param organisation the one that at least 90 % of the members belong to, null when there is none
 * @param members the accounts named by what they adopted, in the order they began
 * @param lateJoiners accounts named because they use lines that only members use, in that order
 * @param wordings number of distinct wordings they share, pieces that occur in the same prompts
 *     being one; 0 for attack prompts that share no words
 * @param carried the members' median share of first prompts with one of the wordings, in [0, 1]
 */
public record Burst(
    int id,
    List<Integer> absorbed,
    Kind kind,
    @Nullable String organisation,
    List<Member> members,
    List<String> lateJoiners,
    int wordings,
    double carried) {

  /** What a burst is. */
  public enum Kind {
    /** Accounts that share several wordings, as one hand uses many accounts: accuses. */
    RING(true),
    /** Accounts that began to send attack prompts together: accuses. */
    ATTACK_PROMPTS(true),
    /** One organisation's accounts took up something new: information about it. */
    ORGANISATION(false),
    /** One template was taken up, as by a class or at a product launch: information. */
    ONE_TEMPLATE(false);

    private final boolean accuses;

    Kind(boolean accuses) {
      this.accuses = accuses;
    }

    /** Whether the members are accused by it. */
    public boolean accuses() {
      return accuses;
    }
  }

  /**
   * An account of a burst.
   *
   * @param account its name
   * @param posterior how sure it is that the account belongs, in [0, 1]; the probability of a
   *     model, not a guarantee
   */
  public record Member(String account, double posterior) {}

  public Burst {
    absorbed = List.copyOf(absorbed);
    members = List.copyOf(members);
    lateJoiners = List.copyOf(lateJoiners);
  }

  boolean names(String account) {
    return lateJoiners.contains(account)
        || members.stream().anyMatch(member -> member.account().equals(account));
  }

  Burst with(List<String> others) {
    return new Burst(id, absorbed, kind, organisation, members, others, wordings, carried);
  }
}
