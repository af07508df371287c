package io.inferwarden.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JourneysTest {
  private final Journeys journeys = new Journeys();

  @Test
  void countsOnlyEventsThatBecameAnIncident() {
    journeys.begin("a", 1_000);
    journeys.pass("a", Stage.LOGGED, 1_005);
    journeys.pass("a", Stage.INCIDENT_READABLE, 1_150);
    journeys.begin("b", 2_000);
    journeys.pass("b", Stage.LOGGED, 2_500);

    Percentiles logged = journeys.between(Stage.SENT, Stage.LOGGED);

    assertThat(logged.count()).isEqualTo(1);
    assertThat(logged.at(1)).isEqualTo(5);
  }

  @Test
  void whatIsToldAgainDoesNotComeLater() {
    journeys.begin("a", 1_000);
    journeys.pass("a", Stage.INCIDENT_READABLE, 1_100);
    journeys.pass("a", Stage.INCIDENT_READABLE, 1_900);

    assertThat(journeys.between(Stage.SENT, Stage.INCIDENT_READABLE).at(1)).isEqualTo(100);
  }

  @Test
  void anEventThatWasNeverSentIsNotHeardOf() {
    journeys.pass("a", Stage.INCIDENT_READABLE, 1_100);

    assertThat(journeys.between(Stage.INCIDENT_WRITTEN, Stage.INCIDENT_READABLE).count()).isZero();
  }
}
