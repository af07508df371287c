package io.inferwarden.bench.abuse;

import java.util.List;
import java.util.Map;

/**
 * What was measured on one trace.
 *
 * @param trace name
 * @param day learning 24 hours
 * @param halfDay learning 12 hours
 * @param kinds each kind of honest principals, learned with and without
 * @param halvings learned on half of the honest, tested on the others
 * @param deletions half of the honest deleted, no attackers
 * @param splices accounts that turn, and mimics
 * @param detectors this detector and its rivals at the same number of honest accused
 */
record CalibrationResult(
    String trace,
    Plain day,
    Plain halfDay,
    List<Kind> kinds,
    Splits halvings,
    Splits deletions,
    List<Splice> splices,
    List<Detector> detectors) {
  CalibrationResult {
    kinds = List.copyOf(kinds);
    splices = List.copyOf(splices);
    detectors = List.copyOf(detectors);
  }

  /**
   * Everybody judged once.
   *
   * @param blindHours hours after which there was too little to learn from; 0 when there never was
   * @param learnedPrincipals principals learned from
   * @param attackers of the trace
   * @param found of them
   * @param accused honest principals, by role
   * @param promised false accusations
   * @param medianQueries median queries to detect over the attacks of single accounts
   * @param slow attacks of single accounts that took more than 150 queries or were not found
   */
  record Plain(
      int hours,
      int blindHours,
      int learnedPrincipals,
      int attackers,
      int found,
      Map<String, Integer> accused,
      double promised,
      double medianQueries,
      int slow) {
    int accusedCount() {
      return accused.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * A kind of honest principals.
   *
   * @param learned of its members that were there in the learning
   * @param blind whether nobody was judged when it was taken out
   */
  record Kind(
      String name, int members, int learned, int accusedWith, int accusedWithout, boolean blind) {}

  /**
   * Random halves of the honest principals.
   *
   * @param blind runs in which there was too little to learn from at first
   * @param probersAccused declared probers accused at the default budget, all runs together; they
   *     are in no other figure
   * @param meanEvidence mean over the runs of {@link Replay#meanEvidence()}
   * @param highestEvidence the highest of them
   */
  record Splits(
      int runs,
      int blind,
      List<Budget> budgets,
      int probersAccused,
      double meanEvidence,
      double highestEvidence) {
    Splits {
      budgets = List.copyOf(budgets);
    }
  }

  /** Sums over the runs at so many times the default budget. */
  record Budget(double times, double promised, int accused) {}

  /** Spliced accounts, one for each attack of a single account. */
  record Splice(String name, int accounts, int found, double medianQueries) {}

  /** A detector at a threshold that accuses so many of the honest. */
  record Detector(
      String name, int accused, int found, double medianQueries, double medianOfRings) {}
}
