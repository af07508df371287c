package io.inferwarden.alerting.route;

import java.time.Duration;

/**
 * Somebody asked not to be told of some incidents for a while. They are recorded all the same.
 *
 * @param id of 1 to 64 letters, digits, {@code _} and {@code -}
 * @param match which incidents it means; with at least one condition, since to silence everything
 *     by leaving them out is too easy a mistake
 * @param author who asked, at most {@value #MOST_AUTHOR} characters
 * @param reason why, at most {@value #MOST_REASON} characters
 * @param startsAtMillis when it begins, milliseconds since the epoch
 * @param endsAtMillis when it ends, milliseconds since the epoch; at most 90 days after it begins,
 *     so that what is forgotten ends
 * @param createdAtMillis when it was asked for, milliseconds since the epoch
 */
public record Silence(
    String id,
    Match match,
    String author,
    String reason,
    long startsAtMillis,
    long endsAtMillis,
    long createdAtMillis) {
  /** How long a silence may last. */
  public static final Duration LONGEST = Duration.ofDays(90);

  static final int MOST_AUTHOR = 200;
  static final int MOST_REASON = 2000;

  public Silence {
    if (!id.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException(
          "id must be 1 to 64 letters, digits, '_' and '-', was \"" + id + '"');
    }
    if (match.isAnything()) {
      throw new IllegalArgumentException("match must have at least one condition");
    }
    RouteChecks.notBlank("author", author, MOST_AUTHOR);
    RouteChecks.notBlank("reason", reason, MOST_REASON);
    if (startsAtMillis < 0 || createdAtMillis < 0) {
      throw new IllegalArgumentException(
          "startsAt and createdAt must be after 1970, were "
              + startsAtMillis
              + " and "
              + createdAtMillis);
    }
    if (endsAtMillis < startsAtMillis) {
      throw new IllegalArgumentException("endsAt must not be before startsAt");
    }
    if (endsAtMillis - startsAtMillis > LONGEST.toMillis()) {
      throw new IllegalArgumentException(
          "endsAt must be at most 90 days after startsAt, was "
              + Duration.ofMillis(endsAtMillis - startsAtMillis).toDays()
              + " days after");
    }
  }

  /** Whether it holds at that time: from its start until just before its end. */
  public boolean isActive(long nowMillis) {
    return nowMillis >= startsAtMillis && nowMillis < endsAtMillis;
  }

  /** The same silence, ended at a time unless it has ended before. */
  public Silence ended(long atMillis) {
    long end = Math.min(endsAtMillis, Math.max(0, atMillis));
    return new Silence(
        id, match, author, reason, Math.min(startsAtMillis, end), end, createdAtMillis);
  }
}
