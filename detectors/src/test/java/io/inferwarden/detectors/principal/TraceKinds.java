package io.inferwarden.detectors.principal;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Which kind of abuse each attacker of a trace was read as. */
record TraceKinds(
    Map<String, Map<AbuseKind, Integer>> atFirst, Map<String, Map<AbuseKind, Integer>> atEnd) {

  static TraceKinds of(Trace trace, PrincipalBaseline baseline, double principalSpend) {
    PrincipalDetector detector = new PrincipalDetector(baseline);
    Map<String, PrincipalState> states = new HashMap<>();
    Map<String, AbuseKind> first = new HashMap<>();
    for (TraceEvent event : trace.events()) {
      PrincipalState state = states.computeIfAbsent(event.principal(), name -> baseline.newState());
      if (detector.observe(state, event, principalSpend, 0) >= 1) {
        first.putIfAbsent(event.principal(), detector.kind(state));
        detector.restart(state);
      }
    }
    TraceKinds kinds = new TraceKinds(new TreeMap<>(), new TreeMap<>());
    trace
        .attacks()
        .forEach(
            (who, attack) -> {
              if (first.containsKey(who)) {
                add(kinds.atFirst, attack.type(), first.get(who));
                add(kinds.atEnd, attack.type(), detector.kind(states.get(who)));
              }
            });
    return kinds;
  }

  private static void add(
      Map<String, Map<AbuseKind, Integer>> table, String attack, AbuseKind kind) {
    table.computeIfAbsent(attack, any -> new TreeMap<>()).merge(kind, 1, Integer::sum);
  }

  /** Attackers whose kind at the end is that of their attack. */
  int rightAtEnd() {
    return right(atEnd);
  }

  /** Attackers whose kind at the first accusation is that of their attack. */
  int rightAtFirst() {
    return right(atFirst);
  }

  private static int right(Map<String, Map<AbuseKind, Integer>> table) {
    int right = 0;
    for (Map.Entry<String, Map<AbuseKind, Integer>> attack : table.entrySet()) {
      right += attack.getValue().getOrDefault(kindOf(attack.getKey()), 0);
    }
    return right;
  }

  private static AbuseKind kindOf(String attack) {
    return switch (attack) {
      case "evasion_hsj", "evasion_nes" -> AbuseKind.EVASION;
      case "inversion" -> AbuseKind.INVERSION;
      case "membership" -> AbuseKind.MEMBERSHIP_PROBING;
      case "fuzz" -> AbuseKind.FUZZING;
      default -> AbuseKind.EXTRACTION;
    };
  }
}
