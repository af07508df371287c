package io.inferwarden.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.app.backtest.TraceLabels.AttackLabel;
import io.inferwarden.app.backtest.TraceLabels.Campaign;
import io.inferwarden.app.backtest.TraceLabels.Expected;
import io.inferwarden.app.backtest.TraceLabels.ModelLabel;
import io.inferwarden.app.backtest.TraceLabels.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DemoWorldTest {
  private static final long START = 1_772_409_600_000L;
  private static DemoWorld world;
  private static List<JsonNode> events;

  @BeforeAll
  static void simulate() throws IOException {
    world = DemoWorld.create(42, START);
    ObjectMapper mapper = new ObjectMapper();
    events = new ArrayList<>();
    for (DemoEvent event : world.events()) {
      events.add(mapper.readTree(event.json()));
    }
  }

  @Test
  void theSameSeedAndStartGiveTheSameEventsByteForByte() {
    DemoWorld again = DemoWorld.create(42, START);

    assertThat(again.labels()).isEqualTo(world.labels());
    assertThat(again.events()).hasSameSizeAs(world.events());
    for (int i = 0; i < again.events().size(); i++) {
      assertThat(again.events().get(i).json()).isEqualTo(world.events().get(i).json());
    }
  }

  @Test
  void eventsAreSortedAndWithinTwoDays() {
    assertThat(world.events()).isSortedAccordingTo(Comparator.comparingLong(DemoEvent::timeMillis));
    assertThat(world.events().get(0).timeMillis()).isGreaterThanOrEqualTo(START);
    assertThat(world.events().get(events.size() - 1).timeMillis())
        .isLessThan(START + DemoWorld.LENGTH.toMillis());
    assertThat(events.size()).isBetween(40_000, 60_000);
  }

  @Test
  void everyEventHasTheFieldsOfTheContractAndItsOwnId() {
    List<String> texts =
        List.of("id", "model", "version", "digest", "org", "ip", "operation", "status");
    Set<String> ids = new HashSet<>();
    List<JsonNode> malformed = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      JsonNode event = events.get(i);
      DemoEvent of = world.events().get(i);
      ids.add(event.path("id").asText());
      double total = 0;
      for (JsonNode score : event.at("/output/scores")) {
        total += score.asDouble();
      }
      boolean wellFormed =
          texts.stream().noneMatch(name -> event.path(name).asText().isEmpty())
              && event.path("time").asLong() == of.timeMillis()
              && event.path("principal").asText().equals(of.principal())
              && event.path("latencyMs").asDouble() > 0
              && event.at("/input/features").size() >= 5
              && !event.at("/output/label").asText().isEmpty()
              && Math.abs(total - 1) < .001;
      if (!wellFormed) {
        malformed.add(event);
      }
    }

    assertThat(malformed).isEmpty();
    assertThat(ids).hasSameSizeAs(events);
  }

  @Test
  void attackLabelsMatchTheEventsAndBeginAfterTheLearning() {
    Map<String, List<JsonNode>> byPrincipal =
        events.stream().collect(Collectors.groupingBy(e -> e.path("principal").asText()));
    long learned = START + DemoWorld.LEARNING.toMillis();

    assertThat(world.labels().principals()).hasSize(33);
    for (AttackLabel label : world.labels().principals()) {
      List<JsonNode> asked = byPrincipal.get(label.principal());
      assertThat(label.queries()).isEqualTo(asked.size());
      assertThat(label.from()).isGreaterThanOrEqualTo(learned);
      assertThat(asked.get(0).path("time").asLong()).isEqualTo(label.from());
      assertThat(asked.get(asked.size() - 1).path("time").asLong()).isEqualTo(label.to());
      assertThat(asked).allMatch(e -> e.path("model").asText().equals(label.model()));
    }
  }

  @Test
  void theRingSharesThreeAddressesAndEveryAccountAsksLittle() {
    Set<String> ring =
        world.labels().principals().stream()
            .filter(label -> label.attack().equals("extract_jbda_sybil"))
            .peek(label -> assertThat(label.queries()).isBetween(60L, 80L))
            .map(AttackLabel::principal)
            .collect(Collectors.toSet());

    Set<String> addresses =
        events.stream()
            .filter(e -> ring.contains(e.path("principal").asText()))
            .map(e -> e.path("ip").asText())
            .collect(Collectors.toSet());

    assertThat(ring).hasSize(30);
    assertThat(addresses).hasSize(3);
  }

  @Test
  void everyCampaignIsLabelledAndThievesEndWithAGoodCopy() {
    for (Map.Entry<String, Campaign> campaign : world.labels().campaigns().entrySet()) {
      long accounts =
          world.labels().principals().stream()
              .filter(label -> campaign.getKey().equals(label.campaign()))
              .count();
      assertThat(accounts).isEqualTo(campaign.getValue().principals());
      List<Progress> progress = campaign.getValue().progress();
      if (campaign.getValue().attack().startsWith("extract")) {
        assertThat(progress).isSortedAccordingTo(Comparator.comparingLong(Progress::queries));
        assertThat(progress.get(progress.size() - 1).fidelity()).isGreaterThan(.65);
      } else {
        assertThat(progress).isEmpty();
      }
    }
  }

  @Test
  void honestPrincipalsAreThereAsDescribed() {
    Set<String> attackers =
        world.labels().principals().stream()
            .map(AttackLabel::principal)
            .collect(Collectors.toSet());
    Map<String, Integer> scored = new HashMap<>();
    for (JsonNode event : events) {
      String principal = event.path("principal").asText();
      if (event.path("model").asText().equals("fraud-scorer") && !attackers.contains(principal)) {
        scored.merge(principal, 1, Integer::sum);
      }
    }

    assertThat(scored).hasSize(116);
    assertThat(world.labels().roles().values())
        .contains("service", "nightly-batch", "retry-client", "nat-office");
    assertThat(scored.keySet()).containsAll(world.labels().roles().keySet());
  }

  @Test
  void otherModelsHaveOneLabelEachAndTheirChangesCanBeSeen() {
    Map<String, ModelLabel> labels =
        world.labels().models().stream().collect(Collectors.toMap(ModelLabel::model, m -> m));

    ModelLabel churn = labels.get("churn-predictor");
    ModelLabel credit = labels.get("credit-risk");

    assertThat(labels.get("support-triage").expected()).isEqualTo(Expected.QUIET);
    assertThat(churn.features()).containsExactly("support_calls");
    assertThat(
            mean("churn-predictor", "support_calls", churn.at(), Long.MAX_VALUE)
                - mean("churn-predictor", "support_calls", 0, churn.at()))
        .isGreaterThan(1);
    assertThat(
            Math.abs(
                mean("credit-risk", "age", credit.at(), Long.MAX_VALUE)
                    - mean("credit-risk", "age", 0, credit.at())))
        .isLessThan(3);
    assertThat(labelShift("credit-risk", credit.at())).isGreaterThan(.1);
    for (String model : labels.keySet()) {
      assertThat(events.stream().filter(e -> e.path("model").asText().equals(model)).count() / 48)
          .isBetween(40L, 60L);
    }
  }

  private static double mean(String model, String feature, long fromMillis, long toMillis) {
    return between(model, fromMillis, toMillis)
        .mapToDouble(e -> e.at("/input/features/" + feature).asDouble())
        .average()
        .orElseThrow();
  }

  /** Total variation between the labels before a time and from then on. */
  private static double labelShift(String model, long atMillis) {
    Map<String, Double> difference = new HashMap<>();
    List<JsonNode> before = between(model, 0, atMillis).toList();
    List<JsonNode> after = between(model, atMillis, Long.MAX_VALUE).toList();
    before.forEach(
        e -> difference.merge(e.at("/output/label").asText(), 1.0 / before.size(), Double::sum));
    after.forEach(
        e -> difference.merge(e.at("/output/label").asText(), -1.0 / after.size(), Double::sum));
    return difference.values().stream().mapToDouble(Math::abs).sum() / 2;
  }

  private static Stream<JsonNode> between(String model, long fromMillis, long toMillis) {
    return events.stream()
        .filter(e -> e.path("model").asText().equals(model))
        .filter(e -> e.path("time").asLong() >= fromMillis && e.path("time").asLong() < toMillis);
  }

  @Test
  void aStartBeforeTheEpochIsRefused() {
    assertThatThrownBy(() -> DemoWorld.create(1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("startMillis must be >= 0, was -1");
  }
}
