package io.inferwarden.alerting.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** 2026-03-07 is a Saturday. */
  private static final Schedule NIGHT =
      new Schedule.Weekly(
          Set.of(DayOfWeek.SATURDAY), LocalTime.of(22, 0), LocalTime.of(4, 0), BERLIN);

  @Test
  void isOpenFromItsBeginUntilJustBeforeItsEnd() {
    assertThat(NIGHT.endOfCurrent(at("2026-03-07T20:59:59Z"))).isEmpty();
    assertThat(NIGHT.endOfCurrent(at("2026-03-07T21:00:00Z"))).hasValue(at("2026-03-08T03:00:00Z"));
    assertThat(NIGHT.endOfCurrent(at("2026-03-08T02:59:59Z"))).hasValue(at("2026-03-08T03:00:00Z"));
    assertThat(NIGHT.endOfCurrent(at("2026-03-08T03:00:00Z"))).isEmpty();
  }

  @Test
  void belongsToTheDayOnWhichItBegins() {
    assertThat(NIGHT.endOfCurrent(at("2026-03-06T23:00:00Z"))).isEmpty();
  }

  @Test
  void followsTheClocksOfItsZoneWhereTheyChange() {
    assertThat(NIGHT.endOfCurrent(at("2026-03-28T21:00:00Z"))).hasValue(at("2026-03-29T02:00:00Z"));
  }

  @Test
  void lastsADayWhereItEndsAsItBegins() {
    Schedule sunday =
        new Schedule.Weekly(
            Set.of(DayOfWeek.SUNDAY), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, ZoneId.of("UTC"));

    assertThat(sunday.endOfCurrent(at("2026-03-08T23:59:00Z")))
        .isEqualTo(OptionalLong.of(at("2026-03-09T00:00:00Z")));
    assertThat(sunday.endOfCurrent(at("2026-03-09T00:00:00Z"))).isEmpty();
  }

  @Test
  void isOverOnlyWhereItHappensOnce() {
    Schedule once = new Schedule.Once(at("2026-03-07T20:00:00Z"), at("2026-03-07T22:00:00Z"));

    assertThat(once.endOfCurrent(at("2026-03-07T21:00:00Z"))).hasValue(at("2026-03-07T22:00:00Z"));
    assertThat(once.isOver(at("2026-03-07T21:59:59Z"))).isFalse();
    assertThat(once.isOver(at("2026-03-07T22:00:00Z"))).isTrue();
    assertThat(NIGHT.isOver(at("2126-03-07T22:00:00Z"))).isFalse();
  }

  @Test
  void refusesToEndBeforeItBegins() {
    assertThatThrownBy(() -> new Schedule.Once(2000, 1000))
        .hasMessage("to must be later than from (1970-01-01T00:00:02Z), was 1970-01-01T00:00:01Z");
  }

  private static long at(String instant) {
    return Instant.parse(instant).toEpochMilli();
  }
}
