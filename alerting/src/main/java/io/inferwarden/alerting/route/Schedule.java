package io.inferwarden.alerting.route;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** When a maintenance window is open. */
public sealed interface Schedule {
  /** When the window that is open now ends, milliseconds since the epoch; empty when none is. */
  OptionalLong endOfCurrent(long nowMillis);

  /** Whether it will never be open again. */
  boolean isOver(long nowMillis);

  /** In plain words, such as {@code Sat 22:00 to 04:00 Europe/Berlin}. */
  String inWords();

  /**
   * Every week again.
   *
   * @param days the days on which it begins
   * @param from when it begins, by the clocks of the zone
   * @param to when it ends; on the next day unless it is later than {@code from}
   * @param zone the zone
   */
  record Weekly(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone)
      implements Schedule {
    public Weekly {
      if (days.isEmpty()) {
        throw new IllegalArgumentException("days must hold at least one");
      }
      days = RouteChecks.ordered(new TreeSet<>(days));
    }

    @Override
    public OptionalLong endOfCurrent(long nowMillis) {
      Instant now = Instant.ofEpochMilli(nowMillis);
      LocalDate today = now.atZone(zone).toLocalDate();
      for (LocalDate begin : List.of(today, today.minusDays(1))) {
        if (days.contains(begin.getDayOfWeek())) {
          Instant start = begin.atTime(from).atZone(zone).toInstant();
          LocalDate last = to.isAfter(from) ? begin : begin.plusDays(1);
          Instant end = last.atTime(to).atZone(zone).toInstant();
          if (!now.isBefore(start) && now.isBefore(end)) {
            return OptionalLong.of(end.toEpochMilli());
          }
        }
      }
      return OptionalLong.empty();
    }

    @Override
    public boolean isOver(long nowMillis) {
      return false;
    }

    @Override
    public String inWords() {
      List<String> names =
          days.stream().map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ROOT)).toList();
      return String.join(", ", names) + " from " + from + " to " + to + " " + zone;
    }
  }

  /**
   * Once.
   *
   * @param fromMillis when it begins, milliseconds since the epoch
   * @param toMillis when it ends, later than that
   */
  record Once(long fromMillis, long toMillis) implements Schedule {
    public Once {
      if (toMillis <= fromMillis) {
        throw new IllegalArgumentException(
            "to must be later than from ("
                + Instant.ofEpochMilli(fromMillis)
                + "), was "
                + Instant.ofEpochMilli(toMillis));
      }
    }

    @Override
    public OptionalLong endOfCurrent(long nowMillis) {
      return nowMillis >= fromMillis && nowMillis < toMillis
          ? OptionalLong.of(toMillis)
          : OptionalLong.empty();
    }

    @Override
    public boolean isOver(long nowMillis) {
      return nowMillis >= toMillis;
    }

    @Override
    public String inWords() {
      return "from " + Instant.ofEpochMilli(fromMillis) + " to " + Instant.ofEpochMilli(toMillis);
    }
  }
}
