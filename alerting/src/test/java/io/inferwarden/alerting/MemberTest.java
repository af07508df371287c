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
  void aFindingNamesAtMostAThousand() {
    List<Member> tooMany =
        IntStream.rangeClosed(0, Member.MOST_NAMED)
            .mapToObj(i -> new Member("k" + i, 5, 41, 1))
            .toList();

    assertThat(campaign(tooMany.subList(1, tooMany.size()), 24_000).memberCount())
        .isEqualTo(24_000);
    assertThatThrownBy(() -> campaign(tooMany, 24_000))
        .hasMessage("members must be <= 1000, were 1001");
  }

  private static Finding campaign(List<Member> members, long memberCount) {
    return Examples.campaign(IncidentKind.EXTRACTION, Examples.AT, 2, members, memberCount);
  }
}
