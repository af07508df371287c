package io.inferwarden.detectors.cohort;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which alarmed keys are one burst: those that share half of the adopters of the smaller one, and
 * those that were one burst before.
 */
final class BurstGroups {
  private static final double SHARED_PART = .5;

  private BurstGroups() {}

  /**
   * The keys of each burst by its id, the smallest that one of its keys had; keys keep their order.
   *
   * @param idOfKey the burst that each alarmed key has been part of so far
   */
  static SortedMap<Integer, List<Integer>> of(
      Map<Integer, Integer> idOfKey, Collection<AccountWording> accounts) {
    List<Integer> keys = new ArrayList<>(idOfKey.keySet());
    List<BitSet> adopters = adopters(keys, accounts);
    int[] ids = new int[keys.size()];
    int next = 0;
    for (int id : idOfKey.values()) {
      ids[next++] = id;
    }
    for (int i = 0; i < ids.length; i++) {
      for (int j = 0; j < i; j++) {
        if (ids[i] != ids[j] && overlap(adopters.get(i), adopters.get(j))) {
          join(ids, ids[i], ids[j]);
        }
      }
    }
    SortedMap<Integer, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < ids.length; i++) {
      groups.computeIfAbsent(ids[i], id -> new ArrayList<>()).add(keys.get(i));
    }
    return groups;
  }

  private static List<BitSet> adopters(List<Integer> keys, Collection<AccountWording> accounts) {
    Map<Integer, BitSet> byKey = new HashMap<>();
    List<BitSet> adopters = new ArrayList<>();
    for (int key : keys) {
      BitSet own = new BitSet();
      byKey.put(key, own);
      adopters.add(own);
    }
    int index = 0;
    for (AccountWording account : accounts) {
      for (int i = 0; i < account.keyCount(); i++) {
        BitSet own = byKey.get(account.key(i));
        if (own != null) {
          own.set(index);
        }
      }
      index++;
    }
    return adopters;
  }

  private static boolean overlap(BitSet one, BitSet other) {
    BitSet both = (BitSet) one.clone();
    both.and(other);
    int smaller = Math.min(one.cardinality(), other.cardinality());
    return smaller > 0 && both.cardinality() >= SHARED_PART * smaller;
  }

  private static void join(int[] ids, int one, int other) {
    int kept = Math.min(one, other);
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] == one || ids[i] == other) {
        ids[i] = kept;
      }
    }
  }
}
