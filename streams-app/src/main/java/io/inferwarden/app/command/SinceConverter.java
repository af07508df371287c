package io.inferwarden.app.command;

import io.inferwarden.app.policy.DurationText;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine;

/** A time in the past: {@code 24h} for a day ago, or {@code 2026-03-02T14:00:00Z}. */
final class SinceConverter implements CommandLine.ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    Optional<Duration> ago = DurationText.parse(text);
    if (ago.isPresent()) {
      return Clock.systemUTC().instant().minus(ago.get());
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new CommandLine.TypeConversionException(
          "expected a duration such as 24h, or a time such as 2026-03-02T14:00:00Z, was \""
              + text
              + '"');
    }
  }
}
