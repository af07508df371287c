package io.inferwarden.detectors.principal;

import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who was accused over a trace, and after how many queries. */
record TraceVerdicts(
    int found,
    int attackers,
    int accused,
    int honest,
    double medianQueriesOfSingleAccounts,
    List<String> accusedRoles,
    double nanosPerEvent,
    double meanStateBytes,
    int largestStateBytes,
    Map<String, String> queriesByAttack) {

  static TraceVerdicts of(
      Trace trace, PrincipalBaseline baseline, double principalSpend, double eventSpend) {
    PrincipalDetector detector = new PrincipalDetector(baseline);
    Map<String, PrincipalState> states = new HashMap<>();
    Map<String, Integer> asked = new HashMap<>();
    Map<String, Integer> hits = new HashMap<>();
    long started = System.nanoTime();
    for (TraceEvent event : trace.events()) {
      String who = event.principal();
      Trace.Attack attack = trace.attacks().get(who);
      if (attack == null || event.timeMillis() >= attack.fromMillis()) {
        asked.merge(who, 1, Integer::sum);
      }
      PrincipalState state = states.computeIfAbsent(who, name -> baseline.newState());
      if (detector.observe(state, event, principalSpend, eventSpend) >= 1) {
        hits.putIfAbsent(who, asked.getOrDefault(who, 0));
        detector.restart(state);
      }
    }
    double nanos = (System.nanoTime() - started) / (double) trace.events().size();
    return summarise(trace, states, hits, nanos);
  }

  /** Who is accused over the trace, by the small state and by floating point. */
  static List<Set<String>> accusedBySmallAndByFloating(
      Trace trace, PrincipalBaseline baseline, double principalSpend) {
    PrincipalDetector detector = new PrincipalDetector(baseline);
    Map<String, PrincipalState> states = new HashMap<>();
    Map<String, FloatingEvidence> floating = new HashMap<>();
    Set<String> bySmall = new TreeSet<>();
    Set<String> byFloating = new TreeSet<>();
    for (TraceEvent event : trace.events()) {
      String who = event.principal();
      PrincipalState state = states.computeIfAbsent(who, name -> baseline.newState());
      if (detector.observe(state, event, principalSpend, 0) >= 1) {
        bySmall.add(who);
        detector.restart(state);
      }
      FloatingEvidence evidence =
          floating.computeIfAbsent(who, name -> new FloatingEvidence(baseline.urns()));
      if (evidence.observe(detector.lastBins(), principalSpend) >= 1) {
        byFloating.add(who);
        evidence.restart();
      }
    }
    return List.of(bySmall, byFloating);
  }

  private static TraceVerdicts summarise(
      Trace trace, Map<String, PrincipalState> states, Map<String, Integer> hits, double nanos) {
    Map<String, List<Integer>> queries = new TreeMap<>();
    int found = 0;
    for (Map.Entry<String, Trace.Attack> attack : trace.attacks().entrySet()) {
      Integer hit = hits.get(attack.getKey());
      found += hit == null ? 0 : 1;
      queries
          .computeIfAbsent(attack.getValue().type(), type -> new ArrayList<>())
          .add(hit == null ? Integer.MAX_VALUE : hit);
    }
    List<Integer> single = new ArrayList<>();
    queries.values().stream().filter(list -> list.size() == 1).forEach(single::addAll);
    Map<String, String> byAttack = new TreeMap<>();
    queries.forEach(
        (type, list) ->
            byAttack.put(
                type,
                list.size()
                    + (median(list) == Integer.MAX_VALUE ? ": never" : ": " + median(list))));
    List<String> roles = new ArrayList<>();
    for (String who : hits.keySet()) {
      if (!trace.attacks().containsKey(who)) {
        roles.add(trace.roles().getOrDefault(who, "people"));
      }
    }
    Collections.sort(roles);
    long total = 0;
    int largest = 0;
    for (PrincipalState state : states.values()) {
      StateWriter out = new StateWriter();
      state.writeTo(out);
      total += out.size();
      largest = Math.max(largest, out.size());
    }
    return new TraceVerdicts(
        found,
        trace.attacks().size(),
        roles.size(),
        states.size() - trace.attacks().size(),
        median(single),
        roles,
        nanos,
        total / (double) states.size(),
        largest,
        byAttack);
  }

  private static double median(List<Integer> values) {
    double[] numbers = values.stream().mapToDouble(Integer::doubleValue).toArray();
    return Quantiles.median(numbers);
  }
}
