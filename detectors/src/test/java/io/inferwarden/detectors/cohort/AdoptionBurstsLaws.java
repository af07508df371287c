package io.inferwarden.detectors.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdoptionBurstsLaws {
  private static final double SPEND = AdoptionBursts.USUAL_SPEND;

  private final Random random = new Random(20261122);
  private int accounts;

  private static AdoptionBursts bursts() {
    return new AdoptionBursts(SPEND, RegisteredUse.NONE);
  }

  private Adoption honest() {
    List<PromptPrint> prompts = new ArrayList<>();
    for (int i = 0; i < Adoption.PROMPTS; i++) {
      prompts.add(
          new PromptPrint(
              random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong(), 0));
    }
    return new Adoption("h" + accounts++, null, prompts);
  }

  /** Ten different prompts that end in one of three lines and begin in one of two ways. */
  private Adoption ring(@Nullable String organisation) {
    List<PromptPrint> prompts = new ArrayList<>();
    for (int i = 0; i < Adoption.PROMPTS; i++) {
      prompts.add(
          new PromptPrint(
              random.nextLong(),
              11 + random.nextInt(3),
              21 + random.nextInt(2),
              random.nextLong(),
              0));
    }
    return new Adoption("r" + accounts++, organisation, prompts);
  }

  private List<Burst> hearRing(AdoptionBursts bursts, @Nullable String organisation) {
    for (int i = 0; i < 300; i++) {
      bursts.hear(honest());
    }
    List<Burst> told = List.of();
    for (int i = 0; i < 30; i++) {
      List<Burst> now = bursts.hear(i % 3 == 2 ? honest() : ring(organisation));
      told = now.isEmpty() ? told : now;
    }
    return told;
  }

  @Test
  void aRingAmongHonestAccountsIsNamedWithHowSure() {
    List<Burst> told = hearRing(bursts(), null);

    assertThat(told).hasSize(1);
    Burst burst = told.get(0);
    assertThat(burst.kind()).isEqualTo(Burst.Kind.RING);
    assertThat(burst.members()).hasSize(20);
    assertThat(burst.members())
        .allMatch(member -> member.account().startsWith("r") && member.posterior() >= .95);
    assertThat(burst.wordings()).isEqualTo(5);
    assertThat(burst.carried()).isEqualTo(1);
  }

  @Test
  void oneOrganisationIsInformationAboutIt() {
    List<Burst> told = hearRing(bursts(), "acme");

    assertThat(told).hasSize(1);
    assertThat(told.get(0).kind()).isEqualTo(Burst.Kind.ORGANISATION);
    assertThat(told.get(0).kind().accuses()).isFalse();
    assertThat(told.get(0).organisation()).isEqualTo("acme");
  }

  @Test
  void registeredOrganisationsMakeNoBurst() {
    RegisteredUse organisations = new RegisteredUse(Set.of("acme"));

    assertThat(hearRing(new AdoptionBursts(SPEND, organisations), "acme")).isEmpty();
  }

  @Test
  void sharedTextsAreNoAdoption() {
    AdoptionBursts bursts = bursts();
    for (int i = 0; i < 300; i++) {
      bursts.hear(honest());
    }
    List<PromptPrint> exercises = ring(null).prompts();

    for (int i = 0; i < 40; i++) {
      assertThat(bursts.hear(new Adoption("pupil" + i, null, exercises))).isEmpty();
    }
  }

  @Test
  void whoeverUsesPrivateLinesLaterJoins() {
    AdoptionBursts bursts = bursts();
    hearRing(bursts, null);

    assertThat(bursts.hearLine("late", 12)).isEmpty();
    assertThat(bursts.hearLine("late", 12)).isEmpty();
    assertThat(bursts.hearLine("late", 99)).isEmpty();
    assertThat(bursts.hearLine("late", 12)).isEmpty();
    Optional<Burst> joined = bursts.hearLine("late", 13);

    assertThat(joined).isPresent();
    assertThat(joined.orElseThrow().lateJoiners()).containsExactly("late");
    assertThat(bursts.hearLine("late", 13)).isEmpty();
    assertThat(bursts.hear(ring(null)).get(0).lateJoiners()).containsExactly("late");
  }

  @Test
  void anAccountThatIsTwiceNewTicksOnce() {
    AdoptionBursts bursts = bursts();
    Adoption adoption = honest();

    bursts.hear(adoption);
    bursts.hear(adoption);

    assertThat(bursts.accountsSeen()).isEqualTo(1);
  }

  @Test
  void stateStaysBoundedWhateverArrives() {
    AdoptionBursts bursts = bursts();
    for (int i = 0; i < 6000; i++) {
      bursts.hear(honest());
    }
    StateWriter writer = new StateWriter();
    bursts.writeTo(writer);

    assertThat(bursts.keysWatched()).isEqualTo(AdoptionBursts.KEYS);
    assertThat(writer.size()).isLessThan(2_200_000);
    assertThat(hearRing(bursts, null)).hasSize(1);
  }

  @Test
  void continuesIdenticallyAfterARestore() {
    AdoptionBursts bursts = bursts();
    hearRing(bursts, null);
    bursts.hearLine("late", 12);
    StateWriter writer = new StateWriter();
    bursts.writeTo(writer);

    AdoptionBursts restored =
        AdoptionBursts.readFrom(new StateReader(writer.toBytes()), SPEND, RegisteredUse.NONE);

    for (int i = 0; i < 20; i++) {
      Adoption next = i % 2 == 0 ? honest() : ring(null);
      assertThat(restored.hear(next)).isEqualTo(bursts.hear(next));
      assertThat(restored.hearLine("late", 12 + i % 2))
          .isEqualTo(bursts.hearLine("late", 12 + i % 2));
    }
    StateWriter first = new StateWriter();
    StateWriter second = new StateWriter();
    bursts.writeTo(first);
    restored.writeTo(second);
    assertThat(second.toBytes()).isEqualTo(first.toBytes());
  }

  @Test
  void levelOfAnExchangeableKeyIsInTheMeanNoMoreThanItsSpend() {
    double spend = 1e-3;
    int ticks = 60;
    int runs = 200_000;
    double sum = 0;
    for (int run = 0; run < runs; run++) {
      KeyBurst burst = new KeyBurst(5);
      int adopters = 1;
      for (int tick = 6; tick <= ticks; tick++) {
        if (random.nextDouble() < (adopters + 1.0) / (tick + 1)) {
          burst.adopt(tick, spend);
          adopters++;
          if (burst.level() >= 1) {
            sum++;
            break;
          }
        }
      }
    }

    assertThat(sum / runs).isLessThanOrEqualTo(spend * ticks).isPositive();
  }

  @Test
  void aTemplateThatFadesAndComesBackIsNoBurst() {
    KeyBurst burst = new KeyBurst(1);
    for (int tick = 2; tick <= 60; tick += 2) {
      burst.adopt(tick, SPEND);
    }

    burst.adopt(240, SPEND);
    burst.adopt(243, SPEND);

    assertThat(burst.level()).isLessThan(1e-3);
  }

  @Test
  void aKeyStartsWithTheMemoryOfItsTableHoweverOldTheStreamIs() {
    KeyBurst young = new KeyBurst(300);
    KeyBurst old = new KeyBurst(3_000_000);

    young.adopt(302, SPEND);
    old.adopt(3_000_002, SPEND);

    assertThat(old.level()).isCloseTo(young.level(), within(1e-18));
  }

  @Test
  void rejectsAnAdoptionWithoutPromptsAndASpendOfNothing() {
    assertThatThrownBy(() -> new Adoption("a", null, List.of()))
        .hasMessage("prompts must be 1 to 10, were 0");
    assertThatThrownBy(() -> new AdoptionBursts(0, RegisteredUse.NONE))
        .hasMessage("spend must be > 0, was 0.0");
    assertThatThrownBy(() -> new PromptPrint(1, 1, 1, 1, -1))
        .hasMessage("tactics must be >= 0, was -1");
  }
}
