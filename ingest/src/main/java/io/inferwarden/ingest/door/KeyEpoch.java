package io.inferwarden.ingest.door;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A time in which names are hidden under one secret.
 *
 * @param id name of the epoch, for people; no secret
 * @param from when it begins
 * @param overlap for how long after its beginning the pseudonyms of the epoch before stay in force,
 *     while the audit already notes the new one beside them; without meaning for the first epoch
 * @param secret the key; never printed
 */
public record KeyEpoch(String id, Instant from, Duration overlap, Secret secret) {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(3650);

  public KeyEpoch {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "id of an epoch must be 1 to 64 of A-Z a-z 0-9 . _ -, was " + id);
    }
    if (from.isBefore(EARLIEST) || from.isAfter(LATEST)) {
      throw new IllegalArgumentException("from must be in the years 0 to 9999, was " + from);
    }
    if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
      throw new IllegalArgumentException("overlap must be 0 to 3650 days, was " + overlap);
    }
  }

  /** When its pseudonyms come into force, if it is not the first: at the end of the overlap. */
  Instant inForceFrom() {
    return from.plus(overlap);
  }
}
