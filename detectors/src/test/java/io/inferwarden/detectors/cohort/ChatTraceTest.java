package io.inferwarden.detectors.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTraceTest {
  private static final String RING = "distillation_sybil";
  private static final Map<String, ChatTrace> READ = new HashMap<>();

  private static ChatTrace trace(String name) throws IOException {
    Path traces = Path.of(System.getProperty("inferwarden.shared", "absent"), "traces");
    Assumptions.assumeTrue(Files.exists(traces.resolve(name + ".jsonl.gz")), "no traces");
    if (!READ.containsKey(name)) {
      READ.put(name, ChatTrace.read(traces, name));
    }
    return READ.get(name);
  }

  private static AdoptionBursts bursts() {
    return new AdoptionBursts(AdoptionBursts.USUAL_SPEND, RegisteredUse.NONE);
  }

  private static Map<Integer, Burst> latest(List<Adoption> adoptions) {
    AdoptionBursts bursts = bursts();
    Map<Integer, Burst> latest = new TreeMap<>();
    for (Adoption adoption : adoptions) {
      for (Burst burst : bursts.hear(adoption)) {
        burst.absorbed().forEach(latest::remove);
        latest.put(burst.id(), burst);
      }
    }
    return latest;
  }

  private static List<Adoption> only(List<Adoption> adoptions, Predicate<String> accounts) {
    return adoptions.stream().filter(one -> accounts.test(one.account())).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"llm-conv-24h-s52", "llm-conv-1h-s51", "llm-mcsyn-1h-s53"})
  void theRingIsOneBurstWithAllItsAccountsBeforeAFifthOfTheirPrompts(String name)
      throws IOException {
    ChatTrace trace = trace(name);
    AdoptionBursts bursts = bursts();
    Map<String, Integer> sent = new HashMap<>();
    Map<String, Integer> sentWhenAccused = new TreeMap<>();
    Map<String, Integer> accused = new TreeMap<>();
    Map<Integer, Burst> latest = new TreeMap<>();
    Set<String> told = new HashSet<>();
    Map<String, List<PromptPrint>> first = new HashMap<>();
    Map<String, Set<Long>> distinct = new HashMap<>();

    for (ChatTrace.Event event : trace.events()) {
      sent.merge(event.account(), 1, Integer::sum);
      List<Burst> heard = new ArrayList<>();
      List<PromptPrint> own = first.computeIfAbsent(event.account(), who -> new ArrayList<>());
      if (own.size() == Adoption.PROMPTS) {
        bursts.hearLine(event.account(), event.print().line()).ifPresent(heard::add);
      } else if (distinct
          .computeIfAbsent(event.account(), who -> new HashSet<>())
          .add(event.print().exact())) {
        own.add(event.print());
        if (own.size() == Adoption.PROMPTS) {
          heard.addAll(bursts.hear(new Adoption(event.account(), null, own)));
        }
      }
      for (Burst burst : heard) {
        latest.put(burst.id(), burst);
        burst.absorbed().forEach(latest::remove);
        if (burst.kind() == Burst.Kind.RING) {
          List<String> named = new ArrayList<>(burst.lateJoiners());
          burst.members().forEach(member -> named.add(member.account()));
          for (String account : named) {
            if (told.add(account)) {
              accused.merge(trace.role(account), 1, Integer::sum);
              sentWhenAccused.put(account, sent.get(account));
            }
          }
        }
      }
    }

    System.out.println(name + " named " + accused + ", keys " + bursts.keysWatched());
    latest
        .values()
        .forEach(
            burst -> {
              Map<String, Integer> roles = new TreeMap<>();
              burst.members().forEach(m -> roles.merge(trace.role(m.account()), 1, Integer::sum));
              System.out.println(
                  "  "
                      + burst.kind()
                      + " wordings "
                      + burst.wordings()
                      + " carried "
                      + burst.carried()
                      + " "
                      + roles
                      + " late "
                      + burst.lateJoiners().stream().map(trace::role).toList());
            });
    List<Integer> prompts =
        sentWhenAccused.entrySet().stream()
            .filter(entry -> trace.role(entry.getKey()).equals(RING))
            .map(Map.Entry::getValue)
            .sorted()
            .toList();
    System.out.println("  prompts sent when named " + prompts);
    assertThat(accused).containsEntry(RING, 40);
    assertThat(told).allMatch(trace.attacks()::containsKey);
    assertThat(prompts.get(prompts.size() - 1)).isLessThanOrEqualTo(12);
    assertThat(latest.values().stream().filter(b -> b.kind() == Burst.Kind.RING)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llm-conv-24h-s52", "llm-conv-1h-s51", "llm-mcsyn-1h-s53"})
  void honestAccountsMakeNoBurstInWhateverOrderTheyArrive(String name) throws IOException {
    ChatTrace trace = trace(name);
    List<Adoption> honest =
        new ArrayList<>(only(trace.adoptions(), account -> !trace.attacks().containsKey(account)));

    for (int shuffles = 0; shuffles <= 5; shuffles++) {
      assertThat(latest(honest)).isEmpty();
      Collections.shuffle(honest, new Random(shuffles));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llm-conv-24h-s52", "llm-conv-1h-s51", "llm-mcsyn-1h-s53"})
  void aLaunchOfOneTemplateAccusesNobody(String name) throws IOException {
    ChatTrace trace = trace(name);
    for (double share : new double[] {.3, .5, .8, 1}) {
      Map<Integer, Burst> latest = latest(launch(trace, share, 1, null));

      System.out.println(name + " launch at share " + share + ": " + summary(latest));
      assertThat(latest.values()).noneMatch(burst -> burst.kind().accuses());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llm-conv-24h-s52", "llm-conv-1h-s51", "llm-mcsyn-1h-s53"})
  void aLaunchOfManyTemplatesByOneOrganisationIsToldAsItsOwn(String name) throws IOException {
    ChatTrace trace = trace(name);

    Map<Integer, Burst> unknown = latest(launch(trace, 1, 4, null));
    Map<Integer, Burst> known = latest(launch(trace, 1, 4, "acme"));

    System.out.println(name + " 4 templates: " + summary(unknown) + ", org " + summary(known));
    assertThat(known.values())
        .isNotEmpty()
        .allMatch(burst -> burst.kind() == Burst.Kind.ORGANISATION)
        .allMatch(burst -> "acme".equals(burst.organisation()));
  }

  private static List<String> summary(Map<Integer, Burst> bursts) {
    return bursts.values().stream()
        .map(
            burst ->
                burst.kind()
                    + " members "
                    + burst.members().size()
                    + " wordings "
                    + burst.wordings()
                    + " carried "
                    + burst.carried())
        .toList();
  }

  /**
   * Honest accounts only; 30 of them begin together in the middle of the trace, 70 % of the new
   * accounts there, and send a share of their prompts through templates that fix the beginning and
   * the end.
   */
  private static List<Adoption> launch(
      ChatTrace trace, double share, int templates, @org.jspecify.annotations.Nullable String org) {
    Random random = new Random(20261122);
    List<Adoption> honest =
        only(trace.adoptions(), account -> !trace.attacks().containsKey(account));
    List<Adoption> people =
        honest.stream().filter(one -> trace.role(one.account()).equals("people")).toList();
    List<Adoption> chosen = people.subList(people.size() - 30, people.size());
    List<Adoption> others = new ArrayList<>(honest);
    others.removeAll(chosen);
    List<Adoption> order = new ArrayList<>(others.subList(0, others.size() / 2));
    int next = order.size();
    for (Adoption one : chosen) {
      List<PromptPrint> prompts = new ArrayList<>();
      for (PromptPrint print : one.prompts()) {
        int template = 7 * random.nextInt(templates);
        prompts.add(
            random.nextDouble() < share
                ? new PromptPrint(
                    print.exact(), 1001 + template, 1002 + template, 1003 + template, 0)
                : print);
      }
      order.add(new Adoption(one.account(), org, prompts));
      if (random.nextDouble() < .43 && next < others.size()) {
        order.add(others.get(next++));
      }
    }
    order.addAll(others.subList(next, others.size()));
    return order;
  }

  @ParameterizedTest
  @ValueSource(strings = {"llm-conv-24h-s52", "llm-conv-1h-s51", "llm-mcsyn-1h-s53"})
  void theInjectionRingIsOneArsenal(String name) throws IOException {
    ChatTrace trace = trace(name);
    SharedArsenal arsenal = new SharedArsenal();
    for (ChatTrace.Event event : trace.events()) {
      PromptPrint print = event.print();
      if (trace.attacks().containsKey(event.account()) && print.isAttack()) {
        arsenal.accuse(event.account(), new int[] {(int) print.exact(), (int) print.head()});
      }
    }

    Map<Integer, Integer> groups = new TreeMap<>();
    for (String who : trace.attacks().keySet()) {
      if (trace.role(who).equals("injection_sybil")) {
        groups.merge(arsenal.groupOf(who), 1, Integer::sum);
      }
    }
    assertThat(groups).containsValue(12);
  }
}
