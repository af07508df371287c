package io.inferwarden.alerting.delivery;

import org.jspecify.annotations.Nullable;

/**
 * Holds a sink to its rate exactly: never more than {@code messages} in any stretch of {@code per}.
 * A token bucket of the same numbers would let nearly twice as many pass in its first period, which
 * is not what "ten a minute" says. Remembers the times of the last {@code messages} attempts, in a
 * ring; forgets them with the process.
 */
final class RateWindow {
  private final long[] usedAtMillis;
  private final long perMillis;
  private int next;
  private int used;

  RateWindow(DeliverySettings.@Nullable Rate rate) {
    usedAtMillis = new long[rate == null ? 0 : rate.messages()];
    perMillis = rate == null ? 0 : Math.max(1, rate.per().toMillis());
  }

  /** When the next message may go, if none goes before; not before the time given. */
  long freeAt(long nowMillis) {
    if (used < usedAtMillis.length || usedAtMillis.length == 0) {
      return nowMillis;
    }
    return Math.max(nowMillis, usedAtMillis[next] + perMillis);
  }

  /** How many messages may go at once. */
  int freeNow(long nowMillis) {
    int free = usedAtMillis.length - used;
    for (int i = 0; i < used; i++) {
      free += usedAtMillis[i] + perMillis <= nowMillis ? 1 : 0;
    }
    return free;
  }

  void use(long nowMillis) {
    if (usedAtMillis.length > 0) {
      usedAtMillis[next] = nowMillis;
      next = (next + 1) % usedAtMillis.length;
      used = Math.min(used + 1, usedAtMillis.length);
    }
  }
}
