package io.inferwarden.alerting.sink.page;

/**
 * The integration key of a PagerDuty service, or of an event orchestration: 32 letters and digits.
 * Whoever has it can wake people, so it never shows itself.
 */
public final class RoutingKey {
  private static final int LENGTH = 32;

  private final String key;

  private RoutingKey(String key) {
    this.key = key;
  }

  public static RoutingKey parse(String text) {
    if (text.length() != LENGTH || !text.chars().allMatch(RoutingKey::isLetterOrDigit)) {
      throw new IllegalArgumentException(
          "routing key must be " + LENGTH + " letters and digits, had " + text.length());
    }
    return new RoutingKey(text);
  }

  /** Whether it takes change events; keys of event rules, which begin with {@code R}, do not. */
  boolean takesChanges() {
    return !key.startsWith("R");
  }

  /** The key itself, for a request. */
  String value() {
    return key;
  }

  @Override
  public String toString() {
    return "***";
  }

  private static boolean isLetterOrDigit(int character) {
    return character < 128 && Character.isLetterOrDigit(character);
  }
}
