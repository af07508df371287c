package io.inferwarden.detectors.cohort;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The named accounts of one burst, and what tells a ring from a launch.
 *
 * <p>A class, a product launch or a new client takes up one template; a ring that farms a model
 * sends its work through several (instructions and closing lines that combine freely). So the
 * wordings are counted that are the members' own: those of the burst, and all that at least 15 % of
 * the members use, three at least, and hardly anybody else. Pieces that occur in the same prompts,
 * at least half of the time that either occurs, are one. Fewer than {@value #WORDINGS_OF_A_RING}
 * are no ring. Neither is a burst of which one organisation owns 90 %.
 *
 * @param keys of the burst
 * @param own keys that are the members' own, those of the burst included
 * @param accounts the members
 * @param members the same, with how sure each is
 */
record BurstMembers(
    List<Integer> keys,
    List<Integer> own,
    List<AccountWording> accounts,
    List<Burst.Member> members) {
  /** Distinct wordings from which a burst is taken for a ring. */
  static final int WORDINGS_OF_A_RING = 3;

  private static final double LEAST_POSTERIOR = .95;
  private static final double SAME_PROMPTS = .5;
  private static final double WHOLE_ORGANISATION = .9;
  private static final double OUTSIDERS_PART = .05;
  private static final int FEWEST_USERS = 3;
  private static final double USERS_PART = .15;
  private static final double INSIDE_PART = .8;

  /**
   * Names the members of a burst.
   *
   * @param keys of the burst; the first {@link BurstNaming#MAXIMUM_KEYS} count
   * @param accounts all that are remembered
   */
  static BurstMembers of(List<Integer> keys, List<AccountWording> accounts) {
    List<Integer> voting = keys.subList(0, Math.min(keys.size(), BurstNaming.MAXIMUM_KEYS));
    double[] posteriors = BurstNaming.posteriors(voting, accounts);
    List<AccountWording> named = new ArrayList<>();
    List<Burst.Member> members = new ArrayList<>();
    for (int i = 0; i < posteriors.length; i++) {
      if (posteriors[i] >= LEAST_POSTERIOR) {
        named.add(accounts.get(i));
        members.add(new Burst.Member(accounts.get(i).account(), posteriors[i]));
      }
    }
    return new BurstMembers(voting, own(voting, named, accounts), named, members);
  }

  private static List<Integer> own(
      List<Integer> keys, List<AccountWording> named, List<AccountWording> everybody) {
    Map<Integer, Integer> inside = users(named);
    Map<Integer, Integer> all = users(everybody);
    Set<Integer> own = new LinkedHashSet<>(keys);
    inside.forEach(
        (key, users) -> {
          boolean many = users >= Math.max(FEWEST_USERS, USERS_PART * named.size());
          if (many
              && key != WordingKey.ATTACK_PROMPT
              && users >= INSIDE_PART * all.getOrDefault(key, 0)) {
            own.add(key);
          }
        });
    return List.copyOf(own);
  }

  private static Map<Integer, Integer> users(List<AccountWording> accounts) {
    Map<Integer, Integer> users = new TreeMap<>();
    for (AccountWording account : accounts) {
      for (int i = 0; i < account.keyCount(); i++) {
        users.merge(account.key(i), 1, Integer::sum);
      }
    }
    return users;
  }

  Burst.Kind kind() {
    if (keys.contains(WordingKey.ATTACK_PROMPT)) {
      return Burst.Kind.ATTACK_PROMPTS;
    }
    if (organisation() != null) {
      return Burst.Kind.ORGANISATION;
    }
    return wordings() < WORDINGS_OF_A_RING ? Burst.Kind.ONE_TEMPLATE : Burst.Kind.RING;
  }

  /** The organisation of at least 90 % of the members, null when there is none. */
  @Nullable String organisation() {
    Map<String, Integer> counts = new TreeMap<>();
    for (AccountWording account : accounts) {
      String organisation = account.organisation();
      if (organisation != null) {
        counts.merge(organisation, 1, Integer::sum);
      }
    }
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      if (count.getValue() >= WHOLE_ORGANISATION * accounts.size()) {
        return count.getKey();
      }
    }
    return null;
  }

  /** Number of wordings that do not occur in the same prompts. */
  int wordings() {
    int[] wording = new int[own.size()];
    for (int i = 0; i < wording.length; i++) {
      wording[i] = i;
      for (int j = 0; j < i; j++) {
        if (wording[i] != wording[j] && inTheSamePrompts(own.get(i), own.get(j))) {
          int from = Math.max(wording[i], wording[j]);
          int to = Math.min(wording[i], wording[j]);
          for (int k = 0; k <= i; k++) {
            wording[k] = wording[k] == from ? to : wording[k];
          }
        }
      }
    }
    int attack = own.contains(WordingKey.ATTACK_PROMPT) ? 1 : 0;
    return (int) Arrays.stream(wording).distinct().count() - attack;
  }

  private boolean inTheSamePrompts(int one, int other) {
    if (one == WordingKey.ATTACK_PROMPT || other == WordingKey.ATTACK_PROMPT) {
      return false;
    }
    int both = 0;
    int either = 0;
    for (AccountWording account : accounts) {
      int ones = account.promptsWith(one);
      int others = account.promptsWith(other);
      both += Integer.bitCount(ones & others);
      either += Integer.bitCount(ones | others);
    }
    return both > 0 && both >= SAME_PROMPTS * either;
  }

  /** The members' median share of first prompts that hold one of the keys. */
  double carried() {
    double[] shares = new double[accounts.size()];
    for (int i = 0; i < shares.length; i++) {
      int prompts = 0;
      for (int key : keys) {
        prompts |= accounts.get(i).promptsWith(key);
      }
      shares[i] = Integer.bitCount(prompts) / (double) accounts.get(i).promptCount();
    }
    Arrays.sort(shares);
    return (shares[(shares.length - 1) / 2] + shares[shares.length / 2]) / 2;
  }

  /** Lines of the burst that at most one other account uses, or 5 % of those who do. */
  List<Integer> privateLines(List<AccountWording> everybody) {
    List<Integer> lines = new ArrayList<>();
    for (int key : keys) {
      if (WordingKey.isLine(key)) {
        long inside = usersOf(key, accounts);
        long all = usersOf(key, everybody);
        if (all - inside <= Math.max(1, OUTSIDERS_PART * all)) {
          lines.add(key);
        }
      }
    }
    return lines;
  }

  private static long usersOf(int key, List<AccountWording> accounts) {
    return accounts.stream().filter(account -> account.promptsWith(key) != 0).count();
  }
}
