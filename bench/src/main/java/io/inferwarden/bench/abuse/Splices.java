package io.inferwarden.bench.abuse;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Accounts that never were: an honest one that turns, and an attacker who hides among natural
 * queries. Their times are those of the queries they are made of; the evidence does not read them.
 */
final class Splices {
  private final RecordedTrace trace;
  private final List<RecordedEvent> natural = new ArrayList<>();

  /**
   * @param trace to take queries from; cover is drawn from those of its people
   */
  Splices(RecordedTrace trace) {
    this.trace = trace;
    for (RecordedEvent event : trace.events()) {
      String who = event.principal();
      if (trace.isHonest(who) && trace.roleOf(who).equals(RecordedTrace.PEOPLE)) {
        natural.add(event);
      }
    }
  }

  /** The attacker's queries after the first {@code honestEvents} of the donor. */
  List<RecordedEvent> turned(String attacker, String donor, int honestEvents) {
    List<RecordedEvent> account = new ArrayList<>();
    trace.eventsOf(donor).stream()
        .limit(honestEvents)
        .forEach(event -> account.add(event.askedBy(attacker)));
    account.addAll(attackOf(attacker));
    return account;
  }

  /** Honest accounts with at least so many events, whose first ones are given to those who turn. */
  List<String> donors(int honestEvents) {
    return trace.honest().stream()
        .filter(who -> trace.eventsOf(who).size() >= honestEvents)
        .toList();
  }

  /**
   * The attacker's queries, each preceded by natural ones with probability {@code cover}.
   *
   * @param cover share of natural queries, in [0, 1)
   */
  List<RecordedEvent> mimic(String attacker, double cover, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<RecordedEvent> account = new ArrayList<>();
    for (RecordedEvent event : attackOf(attacker)) {
      while (random.nextDouble() < cover) {
        account.add(natural.get(random.nextInt(natural.size())).askedBy(attacker));
      }
      account.add(event);
    }
    return account;
  }

  private List<RecordedEvent> attackOf(String attacker) {
    long from = trace.attackStartMillis(attacker);
    return trace.eventsOf(attacker).stream().filter(event -> event.timeMillis() >= from).toList();
  }
}
