package io.inferwarden.alerting.route;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The checks that the records of this package share. */
final class RouteChecks {
  private RouteChecks() {}

  static <E extends Enum<E>> E ofCode(
      String what, Class<E> type, Function<E, String> codeOf, String code) {
    for (E constant : type.getEnumConstants()) {
      if (codeOf.apply(constant).equals(code)) {
        return constant;
      }
    }
    String known =
        Arrays.stream(type.getEnumConstants()).map(codeOf).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(what + " must be one of " + known + ", was \"" + code + '"');
  }

  static String notBlank(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
    return value;
  }

  static String notBlank(String name, String value, int mostCharacters) {
    notBlank(name, value);
    if (value.length() > mostCharacters) {
      throw new IllegalArgumentException(
          name + " must be at most " + mostCharacters + " characters, was " + value.length());
    }
    return value;
  }

  static String named(String what, String name) {
    if (!name.matches(Route.NAME_PATTERN)) {
      throw new IllegalArgumentException(
          what + " must be " + Route.NAME_IN_WORDS + ", was \"" + name + '"');
    }
    return name;
  }

  /** The values once each, in the order in which they were given. */
  static <T> Set<T> ordered(Collection<T> values) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(values));
  }
}
