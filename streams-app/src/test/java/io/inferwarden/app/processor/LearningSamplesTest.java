package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwarden.app.message.LearningMessage;
import io.inferwarden.app.message.LearningMessageSerde;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import io.inferwarden.ingest.DuplicateWindow;
import io.inferwarden.ingest.EventBinaryCodec;
import io.inferwarden.ingest.InferenceEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LearningSamplesTest {
  private static final long HOUR = 3_600_000;
  private static final long START = 1_772_323_200_000L;
  private static final long GIGABYTE = 1L << 30;

  /** Fewer than the platform keeps, so that the tests are fast; more than its panes keep. */
  private static final int PRINCIPAL_SAMPLES = 9_000;

  private static final String VERSION = "m\u001f1";
  private static final StateCodec<LearningMessage> CODEC =
      new StateCodec<>() {
        private final LearningMessageSerde serde = new LearningMessageSerde();

        @Override
        public void write(LearningMessage value, StateWriter out) {
          out.writeBytes(serde.serializer().serialize("", value));
        }

        @Override
        public LearningMessage read(StateReader in) {
          return serde.deserializer().deserialize("", in.readBytes());
        }
      };

  private final ObjectStore<LearningMessage> store = Restored.empty(CODEC);
  private final EventBinaryCodec codec = new EventBinaryCodec();

  private static LearningSamples samples(ObjectStore<LearningMessage> store, long heapBytes) {
    return new LearningSamples(
        store,
        time -> Math.floorDiv(time, HOUR) * HOUR,
        LearningMemory.ofHeap(heapBytes),
        PRINCIPAL_SAMPLES);
  }

  private LearningMessage.Sample sample(
      String model, String principal, int ordinal, boolean paneSampled, long time) {
    var event = WaitingEventsTest.event(model, "1", principal, time);
    return new LearningMessage.Sample(
        model,
        "1",
        ordinal,
        paneSampled,
        DuplicateWindow.hash(principal + time),
        time,
        codec.encode(event));
  }

  /** So many principals with so many events each, evenly over a day. */
  private List<LearningMessage.Sample> day(String model, int principals, int eventsEach) {
    List<LearningMessage.Sample> samples = new ArrayList<>();
    long step = 24 * HOUR / ((long) principals * eventsEach);
    for (int ordinal = 1; ordinal <= eventsEach; ordinal++) {
      for (int principal = 0; principal < principals; principal++) {
        samples.add(sample(model, "k" + principal, ordinal, true, START + samples.size() * step));
      }
    }
    return samples;
  }

  private static Map<Long, Long> ofPanes(LearningSamples.Version version) {
    return version.samples().stream()
        .filter(LearningMessage.Sample::paneSampled)
        .collect(
            Collectors.groupingBy(
                sample -> Math.floorDiv(sample.timeMillis() - START, HOUR), Collectors.counting()));
  }

  private static Set<Long> hashes(
      LearningSamples.Version version, Predicate<LearningMessage.Sample> which) {
    return version.samples().stream()
        .filter(which)
        .map(LearningMessage.Sample::hash)
        .collect(Collectors.toSet());
  }

  @Test
  void everyPaneIsLearnedFromHoweverManyPrincipalsTheModelHas() {
    LearningSamples samples = samples(store, GIGABYTE);
    int principals = PRINCIPAL_SAMPLES / 2;
    List<LearningMessage.Sample> day = day("m", principals, 3);

    day.forEach(samples::add);

    LearningSamples.Version gathered = samples.of(VERSION);
    assertThat(gathered.isCut()).isFalse();
    assertThat(ofPanes(gathered)).hasSize(24);
    assertThat(ofPanes(gathered).values())
        .allSatisfy(count -> assertThat(count).isGreaterThanOrEqualTo(LearningPanes.PANE_SAMPLE));
    assertThat(hashes(gathered, LearningMessage.Sample::paneSampled))
        .as("the smallest of each pane")
        .containsAll(smallestOfPanes(day));
  }

  private static Set<Long> smallestOfPanes(List<LearningMessage.Sample> all) {
    Map<Long, List<LearningMessage.Sample>> panes =
        all.stream().collect(Collectors.groupingBy(one -> Math.floorDiv(one.timeMillis(), HOUR)));
    return panes.values().stream()
        .flatMap(
            pane ->
                pane.stream()
                    .sorted(Comparator.comparingLong(LearningMessage.Sample::hash))
                    .limit(LearningPanes.PANE_SAMPLE))
        .map(LearningMessage.Sample::hash)
        .collect(Collectors.toSet());
  }

  @Test
  void keepsAllEventsOfThePrincipalsWithTheSmallestHashesOverTheWholeTime() {
    LearningSamples samples = samples(store, GIGABYTE);
    int principals = PRINCIPAL_SAMPLES / 2;

    day("m", principals, 3).forEach(samples::add);

    assertThat(samples.of(VERSION).principalShare()).isCloseTo(2 / 3.0, within(0.02));
    Map<String, Long> counts = new HashMap<>();
    for (LearningMessage.Sample sample : samples.of(VERSION).samples()) {
      if (sample.principalOrdinal() > 0) {
        counts.merge(principalOf(sample), 1L, Long::sum);
      }
    }
    Set<String> expected =
        IntStream.range(0, principals)
            .mapToObj(principal -> "k" + principal)
            .sorted(Comparator.comparingLong(DuplicateWindow::hash))
            .limit(PRINCIPAL_SAMPLES / 3)
            .collect(Collectors.toSet());
    assertThat(counts.keySet()).isEqualTo(expected);
    assertThat(counts.values()).containsOnly(3L);
  }

  private String principalOf(LearningMessage.Sample sample) {
    var event = new InferenceEvent();
    codec.decode(sample.event(), event);
    return event.principal();
  }

  @Test
  void whatIsKeptDependsNeitherOnTheOrderNorOnARestart() {
    List<LearningMessage.Sample> day = day("m", PRINCIPAL_SAMPLES / 4, 5);
    LearningSamples inOrder = samples(store, GIGABYTE);
    day.forEach(inOrder::add);
    ObjectStore<LearningMessage> otherStore = Restored.empty(CODEC);
    LearningSamples shuffled = samples(otherStore, GIGABYTE);
    Collections.shuffle(day, new Random(5));
    day.forEach(shuffled::add);

    LearningSamples restored = samples(Restored.copy(otherStore, CODEC), GIGABYTE);

    Predicate<LearningMessage.Sample> ofPrincipals = sample -> sample.principalOrdinal() > 0;
    Set<Long> expected = hashes(inOrder.of(VERSION), ofPrincipals);
    assertThat(expected).hasSize(PRINCIPAL_SAMPLES);
    assertThat(hashes(shuffled.of(VERSION), ofPrincipals)).isEqualTo(expected);
    assertThat(hashes(restored.of(VERSION), ofPrincipals)).isEqualTo(expected);
    assertThat(smallestOfPanes(restored.of(VERSION).samples()))
        .isEqualTo(smallestOfPanes(inOrder.of(VERSION).samples()));
    assertThat(restored.firstMillis(VERSION)).isEqualTo(START);
    assertThat(restored.of(VERSION).principalShare())
        .isEqualTo(inOrder.of(VERSION).principalShare())
        .isCloseTo(0.8, within(0.02));
  }

  @Test
  void whenMemoryRunsShortTheLargestVersionGivesUpAndEachStillHasAllItsPanes() {
    long heapBytes = 4 * 2_000_000L;
    LearningMemory memory = LearningMemory.ofHeap(heapBytes);
    LearningSamples samples =
        new LearningSamples(store, time -> Math.floorDiv(time, HOUR) * HOUR, memory);
    int givenUp = 0;

    for (LearningMessage.Sample sample :
        Stream.concat(day("m", 500, 40).stream(), day("small", 20, 10).stream()).toList()) {
      givenUp += samples.add(sample);
    }

    assertThat(memory.isOverdrawn()).isFalse();
    assertThat(givenUp).isPositive();
    LearningSamples.Version large = samples.of(VERSION);
    assertThat(large.isCut()).isTrue();
    assertThat(large.samples()).hasSizeBetween(2_000, 7_000);
    assertThat(ofPanes(large)).hasSize(24);
    LearningSamples.Version small = samples.of("small\u001f1");
    assertThat(small.isCut()).isFalse();
    assertThat(small.samples()).hasSize(200);
    assertThat(small.principalShare()).isEqualTo(1);
    assertThat(large.principalShare()).isBetween(0.05, 0.5);
  }

  @Test
  void whatIsForgottenOrLeftTakesNoMemory() {
    LearningMemory memory = LearningMemory.ofHeap(4 * 1_000_000L);
    LearningSamples samples =
        new LearningSamples(store, time -> Math.floorDiv(time, HOUR) * HOUR, memory);
    day("m", 100, 30).forEach(samples::add);

    samples.forget(VERSION);

    assertThat(store.sortedKeys()).isEmpty();
    memory.takeForSamples(1_000_000);
    assertThat(memory.isOverdrawn()).isFalse();
    memory.takeForSamples(-1_000_000);

    day("other", 100, 30).forEach(samples::add);
    samples.close();
    memory.takeForSamples(1_000_000);
    assertThat(memory.isOverdrawn()).isFalse();
    assertThat(store.sortedKeys()).as("the next instance goes on with it").isNotEmpty();
  }

  @Test
  void addsTheTotalsOfAllPartitions() {
    LearningSamples samples = samples(store, GIGABYTE);
    samples.add(sample("m", "k", 1, true, START));
    samples.add(new LearningMessage.PaneTotal("m", "1", START, 7));
    samples.add(new LearningMessage.PaneTotal("m", "1", START, 5));

    assertThat(samples(Restored.copy(store, CODEC), GIGABYTE).of(VERSION).paneTotals())
        .containsExactly(Map.entry(START, 12L));
  }
}
