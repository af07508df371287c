package io.inferwarden.app.command;

import io.inferwarden.app.policy.DurationText;
import java.time.Duration;
import picocli.CommandLine;

/** Durations as people write them: {@code 90m}, {@code 24h}, {@code 7d}. */
final class DurationConverter implements CommandLine.ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    return DurationText.parse(text)
        .orElseThrow(
            () ->
                new CommandLine.TypeConversionException(
                    "expected a duration such as 90m, 24h or 7d, was \"" + text + '"'));
  }
}
