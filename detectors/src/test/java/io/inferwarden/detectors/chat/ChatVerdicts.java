package io.inferwarden.detectors.chat;

import io.inferwarden.detectors.principal.AbuseKind;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who was accused over a trace, and after how many queries.
 *
 * @param singles attackers with one account that were found
 * @param injectors accounts of the injection ring that were found
 * @param accused roles of the honest principals that were accused
 * @param attacks queries to detect and kinds of abuse by attack
 * @param largestStateBytes of the serialised states
 */
record ChatVerdicts(
    int singles,
    int injectors,
    List<String> accused,
    Map<String, List<String>> attacks,
    int largestStateBytes) {
  private static final String INJECTION_RING = "injection_sybil";
  private static final String DISTILLATION_RING = "distillation_sybil";

  /** Attackers that were found, and taken for another kind of abuse than theirs. */
  List<String> misread() {
    List<String> misread = new ArrayList<>();
    attacks.forEach(
        (attack, hits) ->
            hits.stream()
                .filter(hit -> !hit.equals("null") && !hit.endsWith(" " + kindOf(attack)))
                .forEach(hit -> misread.add(attack + " " + hit)));
    return misread;
  }

  private static AbuseKind kindOf(String attack) {
    if (attack.startsWith("injection")) {
      return AbuseKind.INJECTION;
    }
    if (attack.startsWith("data_extraction")) {
      return AbuseKind.DATA_EXTRACTION;
    }
    if (attack.startsWith("denial_of_wallet")) {
      return AbuseKind.DENIAL_OF_WALLET;
    }
    return attack.equals("sysprompt_extraction")
        ? AbuseKind.PROMPT_EXTRACTION
        : AbuseKind.DISTILLATION;
  }

  /** Accused honest principals without a role that a policy would declare. */
  long accusedUndeclared() {
    return accused.stream()
        .filter(who -> !who.startsWith("moderation-team") && !who.startsWith("eval-harness"))
        .count();
  }

  /**
   * @param isAllAtStart whether the spend is granted with the first event, as a bar of 1 / spend
   */
  static ChatVerdicts of(
      ChatTrace trace, ChatBaseline baseline, double spend, boolean isAllAtStart) {
    ChatDetector detector = new ChatDetector(baseline);
    Map<String, ChatState> states = new HashMap<>();
    Map<String, Integer> asked = new HashMap<>();
    Map<String, String> hits = new HashMap<>();
    for (ChatEvent event : trace.events()) {
      String who = event.principal();
      ChatTrace.Attack attack = trace.attacks().get(who);
      if (attack == null || event.timeMillis() >= attack.fromMillis()) {
        asked.merge(who, 1, Integer::sum);
      }
      ChatState state = states.computeIfAbsent(who, name -> baseline.newState());
      double atStart = state.events() == 0 && isAllAtStart ? spend : 0;
      if (detector.observe(state, event, isAllAtStart ? 0 : spend, atStart) >= 1) {
        hits.putIfAbsent(who, asked.getOrDefault(who, 0) + " " + detector.kind(state));
        detector.restart(state);
      }
    }
    return summarise(trace, states, hits);
  }

  private static ChatVerdicts summarise(
      ChatTrace trace, Map<String, ChatState> states, Map<String, String> hits) {
    Map<String, List<String>> attacks = new TreeMap<>();
    int singles = 0;
    int injectors = 0;
    for (Map.Entry<String, ChatTrace.Attack> attack : trace.attacks().entrySet()) {
      String type = attack.getValue().type();
      String hit = hits.get(attack.getKey());
      if (!type.equals(DISTILLATION_RING) || hit != null) {
        attacks.computeIfAbsent(type, name -> new ArrayList<>()).add(String.valueOf(hit));
      }
      if (hit != null) {
        singles += type.equals(INJECTION_RING) || type.equals(DISTILLATION_RING) ? 0 : 1;
        injectors += type.equals(INJECTION_RING) ? 1 : 0;
      }
    }
    List<String> accused = new ArrayList<>();
    hits.forEach(
        (who, hit) -> {
          if (!trace.attacks().containsKey(who)) {
            accused.add(trace.roles().getOrDefault(who, "people") + " " + hit);
          }
        });
    Collections.sort(accused);
    int largest = 0;
    for (ChatState state : states.values()) {
      StateWriter out = new StateWriter();
      state.writeTo(out);
      largest = Math.max(largest, out.size());
    }
    return new ChatVerdicts(singles, injectors, accused, attacks, largest);
  }
}
