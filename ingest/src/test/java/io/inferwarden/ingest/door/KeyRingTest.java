package io.inferwarden.ingest.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {
  private static final Instant YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);

  private final KeyEpoch a = epoch("a", YEAR, Duration.ZERO, 0);
  private final KeyEpoch b = epoch("b", YEAR.plus(Duration.ofDays(90)), WEEK, 1);
  private final KeyEpoch c = epoch("c", YEAR.plus(Duration.ofDays(180)), Duration.ZERO, 2);
  private final KeyRing ring = KeyRing.of(List.of(a, b, c));

  @Test
  void theOldPseudonymStaysInForceToTheLastMillisecondOfTheOverlap() {
    long from = b.from().toEpochMilli();
    long until = from + WEEK.toMillis();

    assertThat(ring.inForceAt(from - 1)).isEqualTo(a);
    assertThat(ring.inForceAt(from)).isEqualTo(a);
    assertThat(ring.inForceAt(until - 1)).isEqualTo(a);
    assertThat(ring.inForceAt(until)).isEqualTo(b);
  }

  @Test
  void theNextPseudonymIsKnownInTheOverlapOnly() {
    long from = b.from().toEpochMilli();
    long until = from + WEEK.toMillis();

    assertThat(ring.nextAt(from - 1)).isNull();
    assertThat(ring.nextAt(from)).isEqualTo(b);
    assertThat(ring.nextAt(until - 1)).isEqualTo(b);
    assertThat(ring.nextAt(until)).isNull();
  }

  @Test
  void withoutAnOverlapTheChangeIsAtOnce() {
    long from = c.from().toEpochMilli();

    assertThat(ring.inForceAt(from - 1)).isEqualTo(b);
    assertThat(ring.nextAt(from - 1)).isNull();
    assertThat(ring.inForceAt(from)).isEqualTo(c);
    assertThat(ring.nextAt(from)).isNull();
  }

  @Test
  void theFirstIsInForceFromTheBeginningAndTheLastToTheEnd() {
    assertThat(ring.inForceAt(Long.MIN_VALUE)).isEqualTo(a);
    assertThat(ring.nextAt(Long.MIN_VALUE)).isNull();
    assertThat(ring.inForceAt(Long.MAX_VALUE)).isEqualTo(c);
    assertThat(ring.nextAt(Long.MAX_VALUE)).isNull();
  }

  @Test
  void saysWhenEachIsInForceSoThatTheTimesMeet() {
    assertThat(ring.inForceFrom(a)).isNull();
    assertThat(ring.inForceUntil(a)).isEqualTo(b.from().plus(WEEK));
    assertThat(ring.inForceFrom(b)).isEqualTo(b.from().plus(WEEK));
    assertThat(ring.inForceUntil(b)).isEqualTo(c.from());
    assertThat(ring.inForceFrom(c)).isEqualTo(c.from());
    assertThat(ring.inForceUntil(c)).isNull();
  }

  @Test
  void anOverlapOfTheFirstMeansNothing() {
    KeyEpoch first = epoch("a", YEAR, Duration.ofDays(3650), 0);

    assertThat(KeyRing.of(List.of(first, b, c)).inForceAt(b.from().toEpochMilli()))
        .isEqualTo(first);
  }

  @Test
  void refusesRingsThatAreNone() {
    assertRefused("epochs must not be empty");
    assertRefused("ids of epochs must differ, two were a", a, epoch("a", c.from(), WEEK, 3));
    assertRefused(
        "secrets of epochs must differ, those of a and d were the same",
        a,
        b,
        epoch("d", c.from(), WEEK, 0));
    assertRefused(
        "epoch a must begin after b and its overlap, at 2026-04-01T00:00:00Z, but begins at"
            + " 2026-01-01T00:00:00Z",
        b,
        a);
    assertRefused(
        "epoch d must begin after a and its overlap, at 2026-01-01T00:00:00Z, but begins at"
            + " 2026-01-01T00:00:00Z",
        a,
        epoch("d", a.from(), WEEK, 3));
    assertRefused(
        "epoch d must begin after b and its overlap, at 2026-04-08T00:00:00Z, but begins at"
            + " 2026-04-07T23:59:59.999Z",
        a,
        b,
        epoch("d", b.from().plus(WEEK).minusMillis(1), WEEK, 3));
  }

  @Test
  void refusesEpochsThatAreNone() {
    assertThatThrownBy(() -> epoch("a b", YEAR, WEEK, 0)).hasMessageContaining("id of an epoch");
    assertThatThrownBy(() -> epoch("a", Instant.MAX, WEEK, 0)).hasMessageContaining("from must be");
    assertThatThrownBy(() -> epoch("a", YEAR, Duration.ofMillis(-1), 0))
        .hasMessage("overlap must be 0 to 3650 days, was PT-0.001S");
  }

  @Test
  void neverShowsASecret() {
    assertThat(ring.toString()).contains("id=b", "secret=***").doesNotContain("0102");
  }

  private static void assertRefused(String message, KeyEpoch... epochs) {
    assertThatThrownBy(() -> KeyRing.of(List.of(epochs)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static KeyEpoch epoch(String id, Instant from, Duration overlap, int secret) {
    return new KeyEpoch(id, from, overlap, TestKeys.secret(secret));
  }
}
