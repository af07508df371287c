package io.inferwarden.app.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a setting's value must fulfil; the same rule guards the file and the record. */
@FunctionalInterface
interface Rule<T> {
  Duration DAY = Duration.ofHours(24);

  /** What is wrong with the value, such as "must be > 0, was -1"; nothing when it is right. */
  Optional<String> violation(T value);

  /** Returns the value, or throws when it breaks the rule. */
  default T require(String name, T value) {
    violation(value)
        .ifPresent(
            wrong -> {
              throw new IllegalArgumentException(name + " " + wrong);
            });
    return value;
  }

  static Rule<Double> positive() {
    return value -> unless(value > 0 && Double.isFinite(value), "must be > 0, was " + show(value));
  }

  static Rule<Double> between(double minimum, double maximum) {
    String range = "must be from " + show(minimum) + " to " + show(maximum) + ", was ";
    return value -> unless(value >= minimum && value <= maximum, range + show(value));
  }

  /** A part that is more than nothing and at most the whole. */
  static Rule<Double> fraction() {
    return value ->
        unless(value > 0 && value <= 1, "must be > 0 and at most 1, was " + show(value));
  }

  static Rule<String> oneOf(List<String> words) {
    String known = "must be one of " + String.join(", ", words) + ", was ";
    return value -> unless(words.contains(value), known + '"' + value + '"');
  }

  static Rule<Integer> integerBetween(int minimum, int maximum) {
    String range = "must be from " + minimum + " to " + maximum + ", was ";
    return value -> unless(value >= minimum && value <= maximum, range + value);
  }

  static Rule<Duration> positiveDuration() {
    return value ->
        unless(
            !value.isNegative() && !value.isZero(),
            "must be longer than 0, was " + DurationText.format(value));
  }

  static Rule<Duration> durationAtLeast(Duration minimum) {
    String bound = "must be at least " + DurationText.format(minimum) + ", was ";
    return value -> unless(value.compareTo(minimum) >= 0, bound + DurationText.format(value));
  }

  static Rule<Duration> durationNotNegative() {
    return value ->
        unless(!value.isNegative(), "must not be negative, was " + DurationText.format(value));
  }

  static Rule<Duration> divisorOfADay() {
    return value ->
        unless(
            value.toSeconds() >= 1
                && value.toNanosPart() == 0
                && DAY.toSeconds() % value.toSeconds() == 0,
            "must divide 24h without rest, such as 15m, 30m, 1h or 2h, was "
                + DurationText.format(value));
  }

  static Rule<String> notBlank() {
    return value -> unless(!value.isBlank(), "must not be empty");
  }

  static Rule<String> matching(String pattern, String inWords) {
    return value -> unless(value.matches(pattern), "must be " + inWords + ", was \"" + value + '"');
  }

  static Optional<String> unless(boolean right, String wrong) {
    return right ? Optional.empty() : Optional.of(wrong);
  }

  /** A number without needless digits: 1 and not 1.0. */
  static String show(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }
}
