package io.inferwarden.detectors.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.inferwarden.detectors.principal.AbuseKind;
import io.inferwarden.detectors.principal.SignalShare;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChatDetectorLaws {
  private static final ChatBaseline BASELINE = SyntheticChat.baseline();

  @Test
  void aPrincipalThatInjectsAlarmsAndTheSignalsSayWhy() {
    ChatDetector detector = new ChatDetector(BASELINE);
    ChatState state = BASELINE.newState();
    Random random = new Random(3);
    long lastHonest = 0;
    for (int i = 0; i < 5; i++) {
      lastHonest = 1_000_000L * (i + 1);
      detector.observe(state, SyntheticChat.honestEvent("k", lastHonest, random), 1e-4, 0);
    }

    int queries = 0;
    double level = 0;
    while (level < 1 && queries < 100) {
      queries++;
      long time = lastHonest + 1000L * queries;
      level = detector.observe(state, SyntheticChat.injection("k", time, random), 1e-4, 0);
    }

    assertThat(queries).isLessThan(20);
    assertThat(state.level()).isGreaterThanOrEqualTo(1);
    assertThat(state.onsetMillis()).isBetween(lastHonest, lastHonest + 1000L * queries);
    assertThat(detector.kind(state)).isEqualTo(AbuseKind.INJECTION);
    List<SignalShare> shares = detector.explain(state);
    assertThat(shares.stream().mapToDouble(SignalShare::share).sum()).isCloseTo(1, within(1e-9));
    assertThat(shares.get(0).signal()).contains("tactics");
    assertThat(shares.get(0).excesses()).isNotEmpty();
    detector.restart(state);
    assertThat(state.level()).isZero();
    assertThat(state.onsetMillis()).isEqualTo(state.lastMillis());
  }

  @Test
  void aPrincipalThatAsksForLongAnswersDeniesTheWallet() {
    ChatDetector detector = new ChatDetector(BASELINE);
    ChatState state = BASELINE.newState();
    Random random = new Random(4);

    for (int i = 0; i < 40 && state.level() < 1; i++) {
      detector.observe(state, SyntheticChat.longAnswer("k", 1000L * i, random), 1e-4, 0);
    }

    assertThat(state.level()).isGreaterThanOrEqualTo(1);
    assertThat(detector.kind(state)).isEqualTo(AbuseKind.DENIAL_OF_WALLET);
    assertThat(detector.explain(state).get(0).excesses().get(0).description())
        .matches("an answer of (at least )?[0-9].* tokens");
  }

  @Test
  void aRestoredStateGoesOnIdentically() {
    ChatDetector detector = new ChatDetector(BASELINE);
    ChatDetector another = new ChatDetector(BASELINE);
    ChatState kept = BASELINE.newState();
    ChatState restored = BASELINE.newState();
    for (ChatEvent event : mixedEvents(200, 21)) {
      double level = detector.observe(kept, event, 1e-3, 1e-6);
      double again = another.observe(restored, event, 1e-3, 1e-6);

      assertThat(again).isEqualTo(level);
      assertThat(restored.takeAdoption()).isEqualTo(kept.takeAdoption());
      byte[] bytes = bytes(restored);
      restored = ChatState.readFrom(new StateReader(bytes));
      assertThat(bytes(restored)).isEqualTo(bytes).isEqualTo(bytes(kept));
    }
    assertThat(restored.attackPrompts()).isEqualTo(kept.attackPrompts()).hasSize(16);
  }

  @Test
  void aBaselineReadBackGivesIdenticalVerdicts() {
    StateWriter out = new StateWriter();
    BASELINE.writeTo(out);
    ChatBaseline readBack = ChatBaseline.readFrom(new StateReader(out.toBytes()));
    StateWriter again = new StateWriter();
    readBack.writeTo(again);
    ChatDetector detector = new ChatDetector(BASELINE);
    ChatDetector another = new ChatDetector(readBack);
    ChatState state = BASELINE.newState();
    ChatState other = readBack.newState();

    for (ChatEvent event : mixedEvents(150, 24)) {
      assertThat(another.observe(other, event, 1e-3, 0))
          .isEqualTo(detector.observe(state, event, 1e-3, 0));
    }
    assertThat(again.toBytes()).isEqualTo(out.toBytes());
    assertThat(readBack.signals()).isEqualTo(BASELINE.signals());
    assertThat(readBack.excess()).isEqualTo(BASELINE.excess());
    assertThat(readBack.expectedPrincipalsPerWeek())
        .isEqualTo(BASELINE.expectedPrincipalsPerWeek());
  }

  @Test
  void anExactRepeatOfOneOfTheLast64TextsCountsAsNoEvidence() {
    ChatDetector detector = new ChatDetector(BASELINE);
    ChatState once = BASELINE.newState();
    ChatState retried = BASELINE.newState();
    List<ChatEvent> events = mixedEvents(65, 22);
    for (ChatEvent event : events.subList(0, 64)) {
      double level = detector.observe(once, event, 1e-3, 1e-6);
      assertThat(detector.observe(retried, event, 1e-3, 1e-6)).isEqualTo(level);
    }

    for (ChatEvent event : events.subList(0, 64)) {
      assertThat(detector.observe(retried, event, 1e-3, 1e-6)).isEqualTo(once.level());
    }
    assertThat(retried.events()).isEqualTo(2 * once.events());
    detector.observe(retried, events.get(64), 1e-3, 1e-6);
    double before = retried.level();
    assertThat(detector.observe(retried, events.get(0), 1e-3, 1e-6)).isNotEqualTo(before);
  }

  @Test
  void whatWasTakenUpIsHandedOutOnceWithTheTenthDistinctPrompt() {
    ChatDetector detector = new ChatDetector(BASELINE);
    ChatState state = BASELINE.newState();
    List<ChatEvent> events = mixedEvents(11, 27);
    for (ChatEvent event : events.subList(0, 9)) {
      detector.observe(state, event, 0, 0);
      detector.observe(state, event, 0, 0);
      assertThat(state.takeAdoption()).isEmpty();
    }

    detector.observe(state, events.get(9), 0, 0);
    Adoption adoption = state.takeAdoption().orElseThrow();

    assertThat(adoption.attackPrompts()).isPositive();
    assertThat(adoption.prompts())
        .extracting(PromptKeys::exact)
        .containsExactlyElementsOf(
            events.subList(0, 10).stream()
                .map(event -> PromptKeys.hash(event.inputText().fingerprint()))
                .toList());
    assertThat(adoption.prompts()).allMatch(keys -> keys.line() == 0 && keys.head() != 0);
    assertThat(state.takeAdoption()).isEmpty();
    detector.observe(state, events.get(10), 0, 0);
    assertThat(state.takeAdoption()).isEmpty();
  }

  @Test
  void theMostRecentAttackPromptsAreKept() {
    ChatDetector detector = new ChatDetector(BASELINE);
    ChatState state = BASELINE.newState();
    Random random = new Random(28);
    List<ChatEvent> attacks =
        IntStream.range(0, 20).mapToObj(i -> SyntheticChat.injection("k", i, random)).toList();

    attacks.forEach(event -> detector.observe(state, event, 0, 0));
    detector.observe(state, SyntheticChat.honestEvent("k", 21, random), 0, 0);

    assertThat(state.attackPrompts())
        .extracting(AttackPrompt::exact)
        .containsExactlyInAnyOrderElementsOf(
            attacks.subList(4, 20).stream()
                .map(event -> PromptKeys.hash(event.inputText().fingerprint()))
                .toList());
  }

  @Test
  void aFullStateFitsIntoAKilobyte() {
    ChatBaseline largest = largestBaseline();
    ChatDetector detector = new ChatDetector(largest);
    ChatState state = largest.newState();
    int most = 0;
    for (ChatEvent event : mixedEvents(400, 25)) {
      detector.observe(state, event, 1e-3, 0);
      most = Math.max(most, bytes(state).length);
    }

    assertThat(most).isBetween(900, 1024);
  }

  @Test
  void anEventInSteadyStateAllocatesNothing() {
    ChatDetector detector = new ChatDetector(BASELINE);
    ChatState state = BASELINE.newState();
    List<ChatEvent> events = mixedEvents(3000, 29);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    observe(detector, state, events);

    long before = threads.getCurrentThreadAllocatedBytes();
    observe(detector, state, events);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(bytes).isLessThan(3000);
  }

  private static void observe(ChatDetector detector, ChatState state, List<ChatEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      detector.observe(state, events.get(i), 1e-6, 1e-9);
      if (state.takeAdoption().isPresent() || state.level() >= 1) {
        detector.restart(state);
      }
    }
  }

  @Test
  void refusesANegativeSpendAndAStateOfAnotherBaseline() {
    ChatDetector detector = new ChatDetector(BASELINE);
    ChatEvent event = mixedEvents(1, 26).get(0);

    assertThatThrownBy(() -> detector.observe(BASELINE.newState(), event, Double.NaN, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("principalSpend must be >= 0, was NaN");
    assertThatThrownBy(() -> detector.observe(largestBaseline().newState(), event, 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<ChatEvent> mixedEvents(int size, long seed) {
    Random random = new Random(seed);
    List<ChatEvent> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long time = SyntheticChat.START + 1000L * i;
      events.add(
          i % 3 == 0
              ? SyntheticChat.injection("k", time, random)
              : SyntheticChat.honestEvent("k", time, random));
    }
    return events;
  }

  /** All signals with as many bins and kinds as can be. */
  private static ChatBaseline largestBaseline() {
    double[][] edges = new double[ChatSignal.values().length][];
    List<ChatUrns> urns = new ArrayList<>();
    for (ChatSignal signal : ChatSignal.values()) {
      int bins = signal.onlyMoreIsAbuse() ? 4 : 13;
      double[] alpha = new double[bins];
      Arrays.fill(alpha, 1);
      edges[signal.position()] =
          signal.onlyMoreIsAbuse()
              ? new double[0]
              : IntStream.range(1, bins).mapToDouble(i -> i / 2.0).toArray();
      double[][] kinds = {alpha, alpha, alpha, alpha};
      urns.add(ChatUrns.of(signal, new double[] {.25, .25, .25, .25}, kinds));
    }
    return new ChatBaseline(
        WordTable.learn(List.of()),
        new ChatCuts(edges),
        urns,
        List.of(),
        new Excess(0, 0, 0),
        1,
        1);
  }

  private static byte[] bytes(ChatState state) {
    StateWriter out = new StateWriter();
    state.writeTo(out);
    return out.toBytes();
  }
}
