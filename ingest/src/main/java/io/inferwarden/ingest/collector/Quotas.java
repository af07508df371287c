package io.inferwarden.ingest.collector;

import io.github.bucket4j.BandwidthBuilder;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One token bucket for each name of a key; an event that is accepted costs a token. A request may
 * take the bucket below zero once, so that a batch larger than the burst can pass at all; until the
 * debt is paid, every other is refused. So the rate in the long run holds. Thread-safe.
 */
final class Quotas {
  private final Map<String, Bucket> buckets = new HashMap<>();

  /**
   * @param nanos a clock that only runs forward
   */
  Quotas(ClientKeys keys, LongSupplier nanos) {
    TimeMeter clock = new ForwardClock(nanos);
    for (ClientKey key : keys.all()) {
      Quota quota = key.quota();
      if (quota != null) {
        buckets.computeIfAbsent(key.name(), name -> newBucket(quota, clock));
      }
    }
  }

  /** Seconds until this client may send again; 0 when it may now. */
  int secondsUntilAllowed(String client) {
    Bucket bucket = buckets.get(client);
    return bucket == null ? 0 : secondsUntilAllowed(bucket);
  }

  /**
   * Charges events, unless the client is in debt. To be called where the events can still be let go
   * of.
   *
   * @return seconds until it may send again when it is; 0 when the events are paid for
   */
  int charge(String client, int events) {
    Bucket bucket = buckets.get(client);
    if (bucket == null || events == 0) {
      return 0;
    }
    synchronized (bucket) {
      int seconds = secondsUntilAllowed(bucket);
      if (seconds == 0) {
        bucket.consumeIgnoringRateLimits(events);
      }
      return seconds;
    }
  }

  /** Charges events that cannot be let go of, in debt or not. */
  void chargeAnyway(String client, int events) {
    Bucket bucket = buckets.get(client);
    if (bucket != null && events > 0) {
      bucket.consumeIgnoringRateLimits(events);
    }
  }

  /** Gives back what was charged for events that were not taken after all. */
  void refund(String client, int events) {
    Bucket bucket = buckets.get(client);
    if (bucket != null && events > 0) {
      bucket.addTokens(events);
    }
  }

  private static int secondsUntilAllowed(Bucket bucket) {
    long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
    return nanos == 0 ? 0 : (int) Math.min(nanos / 1_000_000_000L + 1, 86_400);
  }

  private static Bucket newBucket(Quota quota, TimeMeter clock) {
    return Bucket.builder()
        .addLimit(
            BandwidthBuilder.builder()
                .capacity(quota.burstEvents())
                .refillGreedy(quota.eventsPerSecond(), Duration.ofSeconds(1))
                .build())
        .withCustomTimePrecision(clock)
        .withSynchronizationStrategy(SynchronizationStrategy.LOCK_FREE)
        .build();
  }

  private record ForwardClock(LongSupplier nanos) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanos.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
