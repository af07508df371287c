package io.inferwarden.alerting.route;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which notifications of a route may be told as one message.
 *
 * @param by what they must have in common; empty where all of the route's may be one
 * @param longestWait how long the first of them waits for others, from 0 to an hour
 */
public record Grouping(Set<By> by, Duration longestWait) {
  /** As long as a notification may wait for others. */
  public static final Duration LONGEST_WAIT = Duration.ofHours(1);

  /** What notifications may have in common. */
  public enum By {
    MODEL,
    KIND,
    SEVERITY,
    OWNER;

    /** The word used in configuration, such as {@code model}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The constant with the given code; an unknown one is an {@link IllegalArgumentException}. */
    public static By ofCode(String code) {
      return RouteChecks.ofCode("by", By.class, By::code, code);
    }

    private String valueOf(Facts facts) {
      return switch (this) {
        case MODEL -> String.join(",", facts.models());
        case KIND -> facts.kind().code();
        case SEVERITY -> facts.incident().severity().code();
        case OWNER -> String.join(",", new TreeSet<>(facts.owners()));
      };
    }
  }

  public Grouping {
    by = RouteChecks.ordered(new TreeSet<>(by));
    if (longestWait.isNegative() || longestWait.compareTo(LONGEST_WAIT) > 0) {
      throw new IllegalArgumentException("wait must be from 0 to 1h, was " + longestWait);
    }
  }

  /** The group of an incident, which no incident of another route or group shares. */
  String group(String route, Facts facts) {
    List<String> parts = new ArrayList<>();
    for (By property : by) {
      parts.add(
          property.code()
              + '='
              + URLEncoder.encode(property.valueOf(facts), StandardCharsets.UTF_8));
    }
    return route + '?' + String.join("&", parts);
  }

  String inWords() {
    String what = by.isEmpty() ? "all of them" : "those of one " + String.join(", ", codes());
    return what + " may become one message, the first waits " + SpanText.of(longestWait);
  }

  private List<String> codes() {
    return by.stream().map(By::code).toList();
  }
}
