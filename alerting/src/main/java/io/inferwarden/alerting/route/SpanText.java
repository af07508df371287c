package io.inferwarden.alerting.route;

import java.time.Duration;
import java.util.Locale;

/** Durations as the configuration writes them, such as {@code 1h30m}. */
final class SpanText {
  private SpanText() {}

  static String of(Duration span) {
    return span.isZero() ? "0s" : span.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
