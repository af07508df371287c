package io.inferwarden.alerting;

import java.util.Locale;

/** How much an incident matters, from the least to the most. */
public enum Severity {
  INFO,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /** The word used in JSON, such as {@code high}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The severity with the given code; an unknown code is an {@link IllegalArgumentException}. */
  public static Severity ofCode(String code) {
    return Checks.ofCode("severity", Severity.class, Severity::code, code);
  }

  /** One step graver; the gravest stays as it is. */
  public Severity oneGraver() {
    return switch (this) {
      case INFO -> LOW;
      case LOW -> MEDIUM;
      case MEDIUM -> HIGH;
      case HIGH, CRITICAL -> CRITICAL;
    };
  }

  /** The graver of the two. */
  public Severity or(Severity other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
