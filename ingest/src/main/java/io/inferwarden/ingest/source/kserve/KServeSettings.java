package io.inferwarden.ingest.source.kserve;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How requests and responses of KServe are joined, and who is taken for the caller.
 *
 * @param joinWithin how long one half waits for the other, 0 to 1 hour; 0 joins nothing
 * @param mostHeld halves that wait at most, at least 1; above, the oldest goes on alone
 * @param mostBytes bytes of the halves that wait at most, at least 1; above, the oldest goes on
 *     alone
 * @param principalHeaders headers of the request that name the principal, tried in order
 * @param organisationHeaders headers of the request that name its organisation, tried in order
 * @param namespaceInModel whether the model is called {@code namespace/service} instead of {@code
 *     service}
 */
public record KServeSettings(
    Duration joinWithin,
    int mostHeld,
    long mostBytes,
    List<String> principalHeaders,
    List<String> organisationHeaders,
    boolean namespaceInModel) {

  private static final Duration LONGEST_JOIN = Duration.ofHours(1);

  public KServeSettings {
    if (joinWithin.isNegative() || joinWithin.compareTo(LONGEST_JOIN) > 0) {
      throw new IllegalArgumentException("joinWithin must be 0 to 1 hour, was " + joinWithin);
    }
    if (mostHeld < 1) {
      throw new IllegalArgumentException("mostHeld must be >= 1, was " + mostHeld);
    }
    if (mostBytes < 1) {
      throw new IllegalArgumentException("mostBytes must be >= 1, was " + mostBytes);
    }
    principalHeaders = lowerCase(principalHeaders);
    organisationHeaders = lowerCase(organisationHeaders);
  }

  /** A minute, 10,000 halves, 64 MiB, and the usual headers. */
  public static KServeSettings usual() {
    return new KServeSettings(
        Duration.ofSeconds(60),
        10_000,
        64L << 20,
        List.of(
            "x-consumer-id",
            "x-api-key-id",
            "x-user-id",
            "x-tenant-id",
            "x-tenant",
            "x-forwarded-for"),
        List.of("x-org-id", "x-tenant-id", "x-tenant"),
        false);
  }

  private static List<String> lowerCase(List<String> headers) {
    return headers.stream().map(header -> header.toLowerCase(Locale.ROOT)).toList();
  }
}
