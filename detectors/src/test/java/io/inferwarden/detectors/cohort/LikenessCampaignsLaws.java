package io.inferwarden.detectors.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LikenessCampaignsLaws {
  private static final double[][] P = {{.4, .3, .2, .1}, {.7, .1, .1, .05, .05}};
  private static final double[] KAPPA = {60, 40};
  private static final double NO_COHORT = Double.POSITIVE_INFINITY;

  private static LikenessCampaigns campaigns() {
    return new LikenessCampaigns(P, KAPPA, 552, .1);
  }

  /** 30 events, mostly in one bin of each signal. */
  private static double[][] style(int style, Random random) {
    double[][] counts = {new double[4], new double[5]};
    for (int i = 0; i < 30; i++) {
      counts[0][random.nextInt(10) == 0 ? random.nextInt(4) : style % 4]++;
      counts[1][random.nextInt(10) == 0 ? random.nextInt(5) : (style + 3) % 5]++;
    }
    return counts;
  }

  private static void assertPlacement(
      Optional<Placement> placement,
      Placement.Change change,
      long campaign,
      long previousCampaign,
      int members) {
    Placement actual = placement.orElseThrow();
    assertThat(actual.change()).isEqualTo(change);
    assertThat(actual.campaign()).isEqualTo(campaign);
    assertThat(actual.previousCampaign()).isEqualTo(previousCampaign);
    assertThat(actual.members()).isEqualTo(members);
    assertThat(actual.confidence()).isBetween(.5, 1.0);
  }

  @Test
  void accountsThatBehaveAlikeAreOneCampaignAndLowerTheBar() {
    LikenessCampaigns campaigns = campaigns();
    Random random = new Random(1);
    assertThat(campaigns.lowestBar(NO_COHORT)).isEqualTo(Math.log(5520));
    for (int i = 0; i < 20; i++) {
      campaigns.consider("a" + i, 9, style(2, random), 30, NO_COHORT);
    }

    Optional<Placement> alike = campaigns.consider("b", 7, style(2, random), 30, NO_COHORT);
    Optional<Placement> unlike = campaigns.consider("c", 7, style(0, random), 30, NO_COHORT);

    assertPlacement(alike, Placement.Change.JOINED, 1, 0, 21);
    assertThat(unlike).isEmpty();
    assertThat(campaigns.campaignOf("b")).isEqualTo(1);
    assertThat(campaigns.campaignOf("c")).isZero();
  }

  @Test
  void anAccountBelowTheLowestBarIsNeverAccused() {
    LikenessCampaigns campaigns = campaigns();
    Random random = new Random(2);
    for (int i = 0; i < 200; i++) {
      double logEvidence = random.nextDouble() * 12;
      double cohortBar = random.nextInt(4) == 0 ? 3 + random.nextDouble() : NO_COHORT;
      double lowest = campaigns.lowestBar(cohortBar);

      Optional<Placement> placement =
          campaigns.consider("a" + i, logEvidence, style(i % 3, random), 30, cohortBar);

      if (logEvidence < lowest) {
        assertThat(placement).isEmpty();
      }
    }
    assertThat(campaigns.campaigns()).isNotEmpty();
  }

  @Test
  void anAccountThatChangesItsWaysMovesWhenItsEventsDouble() {
    LikenessCampaigns campaigns = campaigns();
    Random random = new Random(3);
    for (int i = 0; i < 5; i++) {
      campaigns.consider("a" + i, 9, style(2, random), 30, NO_COHORT);
      campaigns.consider("b" + i, 9, style(1, random), 30, NO_COHORT);
    }
    long other = campaigns.campaignOf("b1");

    Optional<Placement> early = campaigns.consider("a1", 9, style(1, random), 59, NO_COHORT);
    Optional<Placement> late = campaigns.consider("a1", 9, style(1, random), 60, NO_COHORT);

    assertThat(early).isEmpty();
    assertPlacement(late, Placement.Change.MOVED, other, 1, 6);
    assertThat(campaigns.members(1)).containsExactly("a0", "a2", "a3", "a4");
  }

  @Test
  void remembersABoundedNumberOfMembers() {
    LikenessCampaigns campaigns = campaigns();
    Random random = new Random(4);
    int accounts = LikenessCampaigns.MAXIMUM_MEMBERS + 76;
    for (int i = 0; i < accounts; i++) {
      campaigns.consider("a" + i, 20, style(2, random), 30, NO_COHORT);
    }

    assertThat(campaigns.members(1)).hasSize(LikenessCampaigns.MAXIMUM_MEMBERS);
    assertThat(campaigns.campaignOf("a0")).isZero();
    assertThat(campaigns.campaignOf("a" + (accounts - 1))).isEqualTo(1);
  }

  @Test
  void remembersABoundedNumberOfCampaigns() {
    double[][] p = new double[1][200];
    Arrays.fill(p[0], 1 / 200.0);
    LikenessCampaigns campaigns = new LikenessCampaigns(p, new double[] {100}, 552, .1);
    for (int i = 0; i < 100; i++) {
      double[][] counts = new double[1][200];
      counts[0][i] = 40;
      campaigns.consider("a" + i, 20, counts, 40, NO_COHORT);
    }

    assertThat(campaigns.campaigns()).hasSize(LikenessCampaigns.MAXIMUM_CAMPAIGNS);
    assertThat(campaigns.campaignOf("a35")).isZero();
    assertThat(campaigns.campaignOf("a36")).isEqualTo(37);
  }

  @Test
  void continuesIdenticallyAfterARestore() {
    LikenessCampaigns campaigns = campaigns();
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      campaigns.consider("a" + i, 5 + 5 * random.nextDouble(), style(i % 3, random), 30, NO_COHORT);
    }
    StateWriter writer = new StateWriter();
    campaigns.writeTo(writer);

    LikenessCampaigns restored = campaigns();
    restored.readFrom(new StateReader(writer.toBytes()));

    for (int i = 0; i < 90; i++) {
      double[][] counts = style((i + i / 30) % 3, random);
      double logEvidence = 10 * random.nextDouble();
      assertThat(restored.consider("a" + i, logEvidence, counts, 70, NO_COHORT))
          .isEqualTo(campaigns.consider("a" + i, logEvidence, counts, 70, NO_COHORT));
    }
    StateWriter first = new StateWriter();
    StateWriter second = new StateWriter();
    campaigns.writeTo(first);
    restored.writeTo(second);
    assertThat(second.toBytes()).isEqualTo(first.toBytes());
  }

  @Test
  void rejectsCountsOfAnotherShape() {
    assertThatThrownBy(() -> campaigns().consider("a", 20, new double[1][4], 30, NO_COHORT))
        .hasMessage("counts must be of 2 signals, were of 1");
    assertThatThrownBy(() -> campaigns().consider("a", 20, new double[2][5], 30, NO_COHORT))
        .hasMessage("signal 0 must have 4 bins, had 5");
    assertThatThrownBy(() -> new LikenessCampaigns(P, new double[] {60, 0}, 552, .1))
        .hasMessage("kappa must be > 0, was 0.0");
    assertThatThrownBy(() -> new LikenessCampaigns(P, KAPPA, Double.NaN, .1))
        .hasMessage("principals must be > 0, was NaN");
  }
}
