package io.inferwarden.app.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Member;
import io.inferwarden.alerting.Severity;
import io.inferwarden.app.message.CohortMessage;
import io.inferwarden.detectors.cohort.Burst;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Accounts are grouped by the attack prompts that they share, since that is easily told. */
class ModelCampaignsTest {
  private static final double OWN_BAR = 9;
  private static final double NO_NETWORK = Double.POSITIVE_INFINITY;

  private ModelCampaigns model = new ModelCampaigns();
  private long now = 1_000;

  ModelCampaignsTest() {
    model.groupBy(new ArsenalGrouping(OWN_BAR));
  }

  private static Finding finding(String account, IncidentKind kind, long atMillis) {
    return new Finding(
        "principal:" + account, "chat", "", kind, kind.severity(), atMillis, 1, 7, 1, List.of());
  }

  private List<Finding> stands(String account, double logEvidence, int... prompts) {
    now++;
    Finding finding = finding(account, IncidentKind.INJECTION, now);
    return model.hear(
        new CohortMessage.Standing(
            "bl_1",
            account,
            null,
            now,
            logEvidence,
            false,
            finding,
            new CohortMessage.Traits(new float[0][], prompts)),
        finding,
        OWN_BAR,
        NO_NETWORK);
  }

  private static List<String> names(Finding finding) {
    return finding.members().stream().map(Member::principal).toList();
  }

  @Test
  void whoIsNotAccusedIsNotNamed() {
    assertThat(stands("a", OWN_BAR - .1, 1, 2)).isEmpty();
  }

  @Test
  void anAccountAloneIsNoCampaign() {
    List<Finding> told = stands("a", OWN_BAR, 1, 2);

    assertThat(told).hasSize(1);
    assertThat(told.get(0).subject()).isEqualTo("principal:a");
    assertThat(told.get(0).members()).isEmpty();
    assertThat(told.get(0).events()).isEqualTo(7);
  }

  @Test
  void whoJoinsIsNamedInTheIncidentOfTheFirst() {
    stands("a", OWN_BAR, 1, 2);
    List<Finding> told = stands("b", OWN_BAR, 2, 1, 3);

    assertThat(told).hasSize(1);
    assertThat(told.get(0).subject()).isEqualTo("principal:a");
    assertThat(names(told.get(0))).containsExactly("a", "b");
    assertThat(told.get(0).members().get(0).sinceMillis()).isEqualTo(1_001);
    assertThat(told.get(0).events()).isEqualTo(14);
  }

  @Test
  void twoCampaignsThatTurnOutToBeOneAreToldAsOne() {
    stands("a", OWN_BAR, 1, 2);
    stands("b", OWN_BAR, 3, 4);

    List<Finding> told = stands("c", OWN_BAR, 1, 2, 3, 4);

    assertThat(told).hasSize(1);
    assertThat(told.get(0).subject()).isEqualTo("principal:a");
    assertThat(names(told.get(0))).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void tenAccountsAreGraverThanOne() {
    List<Finding> told = List.of();
    for (int i = 0; i < 10; i++) {
      told = stands("k" + i, OWN_BAR, 1, 2);
    }

    assertThat(told.get(0).memberCount()).isEqualTo(10);
    assertThat(told.get(0).severity()).isEqualTo(Severity.HIGH);
    assertThat(IncidentKind.INJECTION.severity()).isEqualTo(Severity.MEDIUM);
  }

  @Test
  void aBurstOfThoseWhoAreAccusedIsTheirCampaign() {
    IntStream.range(0, 4).forEach(i -> stands("k" + i, OWN_BAR, 1, 2));

    Finding told = hears(1, "k0", "k1", "k2", "late");

    assertThat(told.subject()).isEqualTo("principal:k0");
    assertThat(names(told)).containsExactlyInAnyOrder("k0", "k1", "k2", "k3", "late");
  }

  @Test
  void aBurstOfOthersIsACampaignOfItsOwn() {
    IntStream.range(0, 4).forEach(i -> stands("k" + i, OWN_BAR, 1, 2));

    Finding first = hears(1, "x", "y", "z");
    Finding second = hears(1, "x", "z", "k0");

    assertThat(first.subject()).isEqualTo("campaign:chat/1");
    assertThat(names(first)).containsExactly("x", "y", "z");
    assertThat(names(second)).as("y was taken for a member").containsExactly("x", "z", "k0");
  }

  private Finding hears(int id, String... accounts) {
    now++;
    Burst burst =
        new Burst(
            id,
            List.of(),
            Burst.Kind.RING,
            null,
            List.of(accounts).stream().map(account -> new Burst.Member(account, .97)).toList(),
            List.of(),
            3,
            .5);
    Finding finding =
        new Finding(
            "campaign:chat/" + id,
            "chat",
            "",
            IncidentKind.DISTILLATION,
            Severity.HIGH,
            now,
            now,
            0,
            1,
            List.of());
    return model.hear(burst, Set.of(accounts), finding);
  }

  @Test
  void whoIsNamedByABurstAndThenAccusedAloneHasOneIncident() {
    hears(1, "x", "y", "z");

    List<Finding> told = stands("x", OWN_BAR, 1, 2);

    assertThat(told).singleElement().extracting(Finding::subject).isEqualTo("campaign:chat/1");
  }

  @Test
  void theElderOfTwoMayBeTheOneWhoShowsThatTheyBelongTogether() {
    stands("a", OWN_BAR, 1, 2);
    stands("b", OWN_BAR, 3, 4);

    List<Finding> told = stands("a", 0, 1, 2, 3, 4);

    assertThat(told).hasSize(1);
    assertThat(names(told.get(0))).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aRestartChangesNothing() {
    stands("a", OWN_BAR, 1, 2);
    stands("b", OWN_BAR, 1, 2);
    hears(1, "x", "y", "z");

    ModelCampaigns restored = Restored.throughBytes(ModelCampaigns.CODEC, model);
    restored.groupBy(new ArsenalGrouping(OWN_BAR));
    List<Finding> expected = stands("c", OWN_BAR, 1, 2);
    model = restored;
    now--;

    assertThat(stands("c", OWN_BAR, 1, 2)).isEqualTo(expected);
  }
}
