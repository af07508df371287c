package io.inferwarden.detectors.cohort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Reports of adult-logreg-s12, recorded by src/test/python/cohort_reports.py. */
class CampaignTraceTest {
  private static final String[] RINGS = {"extract_jbda_sybil", "extract_active_sybil"};
  private static final int ACCOUNTS_OF_A_RING = 50;

  private static RecordedReports replayed() throws IOException {
    try (InputStream in =
        CampaignTraceTest.class.getResourceAsStream("adult-logreg-s12.reports.json.gz")) {
      return RecordedReports.replay(Objects.requireNonNull(in));
    }
  }

  @Test
  void eachRingIsOneCampaignWithFewStrangers() throws IOException {
    RecordedReports replayed = replayed();

    for (String ring : RINGS) {
      Map<String, Integer> campaign = replayed.campaignOf(ring);
      int members = campaign.getOrDefault(ring, 0);
      int all = campaign.values().stream().mapToInt(Integer::intValue).sum();

      assertThat(members).isEqualTo(ACCOUNTS_OF_A_RING);
      assertThat(all - members).isLessThanOrEqualTo((int) (.05 * all));
      assertThat(replayed.medianQueries(ring)).isLessThanOrEqualTo(13);
    }
  }

  @Test
  void accusesWhomTheReferenceAccuses() throws IOException {
    Map<String, Integer> accused = replayed().accused();

    assertThat(accused.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(117);
    assertThat(accused).containsEntry("honest", 3);
  }

  @Test
  void onlyPrefixesOfTheRingAlarm() throws IOException {
    assertThat(replayed().rolesOfAlarmedPrefixes())
        .hasSize(5)
        .allMatch(role -> role.endsWith(" extract_jbda_sybil"));
  }
}
