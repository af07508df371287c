package io.inferwarden.app.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryLogTest {
  private final QueryLog log = new QueryLog();

  @Test
  void countsBothEndsAndDoesNotMindTheOrder() {
    log.record("k", "m", 30);
    log.record("k", "n", 10);
    log.record("k", "m", 20);

    assertThat(log.queriesOf("k", 10, 20)).isEqualTo(2);
    assertThat(log.queriesOf("k", 11, 30)).isEqualTo(2);
    assertThat(log.eventsOf("m", 0, 100)).isEqualTo(2);
    assertThat(log.principals()).containsExactly("k");
  }

  @Test
  void knowsNothingOfStrangers() {
    assertThat(log.queriesOf("k", 0, 100)).isZero();
    assertThat(log.eventsOf("m", 0, 100)).isZero();
  }

  @Test
  void growsBeyondItsFirstRoom() {
    for (int i = 0; i < 1000; i++) {
      log.record("k", "m", i);
    }

    assertThat(log.queriesOf("k", 0, 998)).isEqualTo(999);
  }
}
