package io.inferwarden.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemberTest {
  private static final Member K9 = new Member("k9", 5, 41, 0.97);

  @Test
  void refusesWhatNoMemberCanBe() {
    assertThatThrownBy(() -> new Member(" ", 5, 41, 0.97))
        .hasMessage("principal must not be blank");
    assertThatThrownBy(() -> new Member("k9", -1, 41, 0.97))
        .hasMessage("sinceMillis must be >= 0, was -1");
    assertThatThrownBy(() -> new Member("k9", 5, -1, 0.97))
        .hasMessage("events must be >= 0, was -1");
    assertThatThrownBy(() -> new Member("k9", 5, 41, 1.5))
        .hasMessage("confidence must be in 0..1, was 1.5");
    assertThat(new Member("k9", 5, 41, Double.NaN).confidence()).isNaN();
  }

  @Test
  void aFindingNamesNobodyTwiceAndCountsAllItNames() {
    assertThatThrownBy(() -> campaign(List.of(K9, K9.since(9)), 2))
        .hasMessage("members must be named once, twice was k9");
    assertThatThrownBy(() -> campaign(List.of(K9), 0))
        .hasMessage("memberCount must be >= 1, was 0");
  }

  @Test
  void aFindingNamesTheFirstThousandAndCountsAll() {
    Finding finding = campaign(members(1001, "k"), 24_000);

    assertThat(finding.members()).hasSize(1000);
    assertThat(finding.members().get(999).principal()).isEqualTo("k999");
    assertThat(finding.memberCount()).isEqualTo(24_000);
  }

  @Test
  void namesMadeToBeLongNeverMakeARecordTooLargeForKafka() {
    Finding finding = campaign(members(1000, "\u0001".repeat(250)), 1000);

    assertThat(finding.members()).hasSizeBetween(500, 520);
    assertThat(finding.memberCount()).isEqualTo(1000);
    assertThat(FindingJson.toJson(finding)).hasSizeLessThan(1_000_000);
  }

  private static List<Member> members(int count, String prefix) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Member(prefix + i, Examples.AT, 41, 1))
        .toList();
  }

  private static Finding campaign(List<Member> members, long memberCount) {
    return Examples.campaign(IncidentKind.EXTRACTION, Examples.AT, 2, members, memberCount);
  }
}
