package io.inferwarden.detectors.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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

    ChatReplay replay = ChatReplay.of(trace);

    System.out.println(name + " " + replay.latest().values().stream().map(trace::summary).toList());
    assertThat(replay.accused(RING)).isEqualTo(40);
    assertThat(replay.mostPromptsWhenAccused(RING)).isLessThanOrEqualTo(12);
    assertThat(replay.sentWhenAccused().keySet())
        .allMatch(
            account ->
                trace.attacks().containsKey(account)
                    || trace.role(account).equals("moderation-team"));
    assertThat(replay.latest().values())
        .filteredOn(burst -> burst.kind() == Burst.Kind.RING)
        .hasSize(1);
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

      System.out.println(
          name
              + " launch at share "
              + share
              + ": "
              + latest.values().stream().map(trace::summary).toList());
      assertThat(latest.values()).noneMatch(burst -> burst.kind().accuses());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"llm-conv-24h-s52", "llm-conv-1h-s51", "llm-mcsyn-1h-s53"})
  void aLaunchOfManyTemplatesByOneOrganisationIsToldAsItsOwn(String name) throws IOException {
    ChatTrace trace = trace(name);

    Map<Integer, Burst> known = latest(launch(trace, 1, 4, "acme"));

    assertThat(known.values())
        .isNotEmpty()
        .allMatch(burst -> burst.kind() == Burst.Kind.ORGANISATION)
        .allMatch(burst -> "acme".equals(burst.organisation()));
  }

  /**
   * Honest accounts only; 30 of them begin together in the middle of the trace, 70 % of the new
   * accounts there, and send a share of their prompts through templates that fix the beginning and
   * the end.
   */
  private static List<Adoption> launch(
      ChatTrace trace, double share, int templates, @Nullable String org) {
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
