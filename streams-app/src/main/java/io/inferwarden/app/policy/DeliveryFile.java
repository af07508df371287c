package io.inferwarden.app.policy;

import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.delivery.DeliverySettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads how a sink is told: {@code rate}, {@code digest}, {@code retrySpan} and so on. */
final class DeliveryFile {
  private static final Pattern RATE = Pattern.compile("\\s*(\\d{1,6})\\s*/\\s*(\\S+)\\s*");
  private static final List<String> DIGEST_KEYS = List.of("patience", "aloneFrom", "mostAlone");
  private static final List<String> KEYS =
      List.of("concurrency", "rate", "digest", "everyRevision", "retrySpan", "troubleAfter");

  private DeliveryFile() {}

  /** What usually suits a type of sink. */
  static DeliverySettings usual(String type) {
    return switch (type) {
      case "pagerduty", "alertmanager" -> DeliverySettings.latest();
      case "slack", "teams" -> DeliverySettings.readByPeople(30, Duration.ofMinutes(10));
      case "email" -> DeliverySettings.readByPeople(20, Duration.ofHours(1));
      default -> DeliverySettings.everything();
    };
  }

  /** Notes problems in the reader; empty when there are some. */
  static Optional<DeliverySettings> read(ConfigReader reader, String type) {
    DeliverySettings usual = usual(type);
    int concurrency =
        reader.integer("concurrency", usual.concurrency(), Rule.integerBetween(1, 64));
    boolean everyRevision = reader.flag("everyRevision").orElse(usual.isToldEveryRevision());
    Duration retrySpan = reader.duration("retrySpan", usual.retrySpan(), Rule.positiveDuration());
    Duration troubleAfter =
        reader.duration("troubleAfter", usual.troubleAfter(), Rule.positiveDuration());
    Optional<DeliverySettings.Rate> rate =
        reader.parsed("rate", DeliveryFile::rate, "messages in a time such as 60/1m or 1/1s");
    Optional<DeliverySettings.Digest> digest = digest(reader);
    return Attempt.at(
        reader,
        "digest",
        KEYS,
        () -> {
          DeliverySettings settings =
              usual
                  .withConcurrency(concurrency)
                  .withEveryRevision(everyRevision)
                  .withRetrySpan(retrySpan)
                  .withTroubleAfter(troubleAfter);
          if (rate.isPresent()) {
            settings = settings.withRate(rate.get());
          }
          return digest.isPresent() ? settings.withDigest(digest.get()) : settings;
        });
  }

  private static Optional<DeliverySettings.Digest> digest(ConfigReader reader) {
    if (!reader.has("digest")) {
      return Optional.empty();
    }
    ConfigReader section = reader.section("digest");
    DeliverySettings.Digest usual = DeliverySettings.Digest.DEFAULT;
    Duration patience = section.duration("patience", usual.patience(), Rule.durationNotNegative());
    Severity aloneFrom =
        section
            .text(
                "aloneFrom",
                Rule.oneOf(Arrays.stream(Severity.values()).map(Severity::code).toList()))
            .map(Severity::ofCode)
            .orElse(usual.aloneFrom());
    int mostAlone = section.integer("mostAlone", usual.mostAlone(), Rule.integerBetween(0, 10_000));
    return Attempt.at(
        section,
        "patience",
        DIGEST_KEYS,
        () -> new DeliverySettings.Digest(patience, aloneFrom, mostAlone));
  }

  private static Optional<DeliverySettings.Rate> rate(String text) {
    Matcher matcher = RATE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int messages = Integer.parseInt(matcher.group(1));
    Optional<Duration> per = DurationText.parse(matcher.group(2));
    return messages < 1 || messages > 100_000 || per.isEmpty() || per.get().isZero()
        ? Optional.empty()
        : Optional.of(new DeliverySettings.Rate(messages, per.get()));
  }
}
