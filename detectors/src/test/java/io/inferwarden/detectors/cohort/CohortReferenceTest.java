package io.inferwarden.detectors.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Values of numpy 2.4.6 and scipy 1.17.1, made by src/test/python/cohort_reference_values.py. */
class CohortReferenceTest {
  private static final JsonNode VALUES = read();

  private static JsonNode read() {
    try (InputStream in = CohortReferenceTest.class.getResourceAsStream("reference-values.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  private static double[][] table(JsonNode rows) {
    double[][] table = new double[rows.size()][];
    for (int i = 0; i < table.length; i++) {
      table[i] = doubles(rows.get(i));
    }
    return table;
  }

  private static double infinityIfNull(JsonNode value) {
    return value.isNull() ? Double.POSITIVE_INFINITY : value.asDouble();
  }

  @Test
  void evidenceAndBarOfAPrefixEqualTheReference() {
    PrefixCohort cohort = new PrefixCohort();
    for (int i = 0; i < 12; i++) {
      cohort.meet();
      cohort.report("a" + i, Math.log(.5), Math.log(5520));
    }

    for (JsonNode report : VALUES.path("cohort")) {
      cohort.report(
          report.path("account").asText(), report.path("logEvidence").asDouble(), Math.log(5520));

      assertThat(cohort.logEvidence()).isCloseTo(report.path("sum").asDouble(), within(1e-6));
      double bar = infinityIfNull(report.path("bar"));
      assertThat(cohort.bar()).isEqualTo(bar, within(Double.isInfinite(bar) ? 0 : 1e-6));
    }
    assertThat(cohort.alarmed()).isTrue();
  }

  @Test
  void likenessOfStartingAfreshEqualsTheReference() {
    Likeness likeness = new Likeness(table(VALUES.path("p")), shrunkKappas());

    for (JsonNode step : VALUES.path("campaigns")) {
      double alone = likeness.alone(likeness.flatten(table(step.path("recent"))));

      assertThat(alone).isCloseTo(step.path("alone").asDouble(), within(1e-6));
    }
  }

  private static double[] shrunkKappas() {
    double[] kappas = doubles(VALUES.path("kappa"));
    for (int i = 0; i < kappas.length; i++) {
      kappas[i] *= .7;
    }
    return kappas;
  }

  @Test
  void everyPlacementEqualsTheReference() {
    LikenessCampaigns campaigns =
        new LikenessCampaigns(table(VALUES.path("p")), shrunkKappas(), 552, .1);
    int accused = 0;
    int moved = 0;

    for (JsonNode step : VALUES.path("campaigns")) {
      String account = step.path("account").asText();
      Optional<Placement> placement =
          campaigns.consider(
              account,
              step.path("logEvidence").asDouble(),
              table(step.path("recent")),
              step.path("events").asLong(),
              infinityIfNull(step.path("cohort")));
      boolean moves = placement.filter(now -> now.change() == Placement.Change.MOVED).isPresent();
      List<String> members = new ArrayList<>();
      step.path("members").forEach(member -> members.add(member.asText()));

      assertThat(placement.isPresent() && !moves).isEqualTo(step.path("accused").asBoolean());
      assertThat(moves).isEqualTo(step.path("moved").asBoolean());
      assertThat(campaigns.members(campaigns.campaignOf(account)))
          .containsExactlyElementsOf(members);
      accused += placement.isPresent() && !moves ? 1 : 0;
      moved += moves ? 1 : 0;
    }
    assertThat(accused).isGreaterThan(10);
    assertThat(moved).isPositive();
  }

  @Test
  void levelsOfAKeyEqualTheReference() {
    for (JsonNode key : VALUES.path("keys")) {
      KeyBurst burst = new KeyBurst(key.path("first").asInt());
      double[] levels = doubles(key.path("levels"));
      for (int i = 0; i < levels.length; i++) {
        burst.adopt(key.path("ticks").get(i).asInt(), AdoptionBursts.USUAL_SPEND);

        assertThat(burst.level() / levels[i]).isCloseTo(1, within(1e-9));
      }
    }
  }

  @Test
  void membersOfARingEqualTheReference() {
    AdoptionBursts bursts = new AdoptionBursts(AdoptionBursts.USUAL_SPEND, RegisteredUse.NONE);
    Map<Integer, Burst> latest = new HashMap<>();

    for (JsonNode adoption : VALUES.path("adoptions")) {
      bursts.hear(adoption(adoption)).forEach(burst -> latest.put(burst.id(), burst));
    }

    List<String> expected = new ArrayList<>();
    VALUES.path("members").forEach(member -> expected.add(member.asText()));
    assertThat(latest).hasSize(1);
    assertThat(latest.values().iterator().next().members())
        .extracting(Burst.Member::account)
        .containsExactlyElementsOf(expected);
  }

  @Test
  void posteriorsEqualTheReference() {
    FirstSenders firstSenders = new FirstSenders();
    List<AccountWording> accounts = new ArrayList<>();
    for (JsonNode adoption : VALUES.path("adoptions")) {
      accounts.add(
          AccountWording.of(
              adoption(adoption), accounts.size() + 1, firstSenders, RegisteredUse.NONE));
    }
    TreeSet<Integer> keys = new TreeSet<>();
    for (JsonNode key : VALUES.path("namedKeys")) {
      long fingerprint = key.get(1).asLong();
      keys.add(
          switch (key.get(0).asText()) {
            case "line" -> WordingKey.line(fingerprint);
            case "head" -> WordingKey.head(fingerprint);
            default -> WordingKey.tail(fingerprint);
          });
    }

    double[] posteriors = BurstNaming.posteriors(List.copyOf(keys), accounts);

    assertThat(posteriors).containsExactly(doubles(VALUES.path("posteriors")), within(1e-6));
  }

  private static Adoption adoption(JsonNode json) {
    List<PromptPrint> prompts = new ArrayList<>();
    for (JsonNode print : json.path("prompts")) {
      prompts.add(
          new PromptPrint(
              print.get(0).asLong(),
              print.get(1).asLong(),
              print.get(2).asLong(),
              print.get(3).asLong(),
              0));
    }
    return new Adoption(json.path("account").asText(), null, prompts);
  }
}
