package io.inferwarden.app.policy;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 30s}, {@code 90m}, {@code 1h30m}, {@code 7d}, or ISO. */
public final class DurationText {
  private static final Pattern SHORT =
      Pattern.compile("(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

  private DurationText() {}

  /** The duration, or nothing when the text is none (also when it is too long to count). */
  public static Optional<Duration> parse(String text) {
    String written = text.strip();
    try {
      if (written.toUpperCase(Locale.ROOT).startsWith("P")) {
        return Optional.of(Duration.parse(written));
      }
      Matcher matcher = SHORT.matcher(written.toLowerCase(Locale.ROOT));
      if (written.isEmpty() || !matcher.matches()) {
        return Optional.empty();
      }
      return Optional.of(
          Duration.ofDays(part(matcher, 1))
              .plusHours(part(matcher, 2))
              .plusMinutes(part(matcher, 3))
              .plusSeconds(part(matcher, 4))
              .plusMillis(part(matcher, 5)));
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The short form, which {@link #parse} reads back; whole days are shown from two days on. */
  public static String format(Duration duration) {
    if (duration.isNegative() || duration.toNanosPart() % 1_000_000 != 0) {
      return duration.toString();
    }
    if (duration.isZero()) {
      return "0s";
    }
    long days = duration.toDays() < 2 ? 0 : duration.toDays();
    Duration rest = duration.minusDays(days);
    return part(days, "d")
        + part(rest.toHours(), "h")
        + part(rest.toMinutesPart(), "m")
        + part(rest.toSecondsPart(), "s")
        + part(rest.toMillisPart(), "ms");
  }

  private static long part(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
  }

  private static String part(long amount, String unit) {
    return amount == 0 ? "" : amount + unit;
  }
}
