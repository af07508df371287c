package io.inferwarden.detectors.cohort;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the cohort stage would tell over a trace of a chat model, prompt by prompt. */
final class ChatReplay {
  private final ChatTrace trace;
  private final AdoptionBursts bursts =
      new AdoptionBursts(AdoptionBursts.USUAL_SPEND, RegisteredUse.NONE);
  private final Map<String, List<PromptPrint>> first = new HashMap<>();
  private final Map<String, Set<Long>> distinct = new HashMap<>();
  private final Map<String, Integer> sent = new HashMap<>();
  private final Map<String, Integer> sentWhenAccused = new TreeMap<>();
  private final Map<Integer, Burst> latest = new TreeMap<>();

  private ChatReplay(ChatTrace trace) {
    this.trace = trace;
  }

  static ChatReplay of(ChatTrace trace) {
    ChatReplay replay = new ChatReplay(trace);
    for (ChatTrace.Event event : trace.events()) {
      replay.sent.merge(event.account(), 1, Integer::sum);
      replay.hear(event.account(), event.print()).forEach(replay::take);
    }
    return replay;
  }

  private List<Burst> hear(String account, PromptPrint print) {
    List<PromptPrint> own = first.computeIfAbsent(account, who -> new ArrayList<>());
    if (own.size() == Adoption.PROMPTS) {
      return bursts.hearLine(account, print.line()).stream().toList();
    }
    if (!distinct.computeIfAbsent(account, who -> new HashSet<>()).add(print.exact())) {
      return List.of();
    }
    own.add(print);
    return own.size() == Adoption.PROMPTS
        ? bursts.hear(new Adoption(account, null, own))
        : List.of();
  }

  private void take(Burst burst) {
    burst.absorbed().forEach(latest::remove);
    latest.put(burst.id(), burst);
    if (burst.kind().accuses()) {
      burst.members().forEach(member -> accuse(member.account()));
      burst.lateJoiners().forEach(this::accuse);
    }
  }

  private void accuse(String account) {
    sentWhenAccused.putIfAbsent(account, sent.getOrDefault(account, 0));
  }

  /** Each burst as it was told last. */
  Map<Integer, Burst> latest() {
    return latest;
  }

  /** Every account that was ever accused, and how many prompts it had sent then. */
  Map<String, Integer> sentWhenAccused() {
    return sentWhenAccused;
  }

  long accused(String role) {
    return sentWhenAccused.keySet().stream().filter(who -> trace.role(who).equals(role)).count();
  }

  int mostPromptsWhenAccused(String role) {
    return sentWhenAccused.entrySet().stream()
        .filter(entry -> trace.role(entry.getKey()).equals(role))
        .mapToInt(Map.Entry::getValue)
        .max()
        .orElse(0);
  }
}
