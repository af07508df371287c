package io.inferwarden.alerting;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The checks that the records of this package share; each failure names the value and the rule. */
final class Checks {
  /** What rounding may add to a sum of shares. */
  private static final double ROUNDING = 1e-9;

  private Checks() {}

  /** The constant with the given code; an unknown code is an {@link IllegalArgumentException}. */
  static <E extends Enum<E>> E ofCode(
      String what, Class<E> type, Function<E, String> codeOf, String code) {
    for (E constant : type.getEnumConstants()) {
      if (codeOf.apply(constant).equals(code)) {
        return constant;
      }
    }
    String known =
        Arrays.stream(type.getEnumConstants()).map(codeOf).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(what + " must be one of " + known + ", was " + code);
  }

  static void notBlank(String name, String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
  }

  static void atLeast(String name, long value, long minimum) {
    if (value < minimum) {
      throw new IllegalArgumentException(name + " must be >= " + minimum + ", was " + value);
    }
  }

  /** Returns the share, free of the rounding that may carry it just outside 0..1. */
  static double share(String name, double value) {
    if (!(value >= -ROUNDING && value <= 1 + ROUNDING)) {
      throw new IllegalArgumentException(name + " must be in 0..1, was " + value);
    }
    return Math.min(1, Math.max(0, value));
  }

  /** Returns the share as {@link #share} does, or NaN for NaN. */
  static double shareOrUnknown(String name, double value) {
    return Double.isNaN(value) ? value : share(name, value);
  }

  /** NaN stands for unknown. */
  static void finiteOrUnknown(String name, double value) {
    if (Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be finite or NaN, was " + value);
    }
  }

  /** Returns the members of a campaign that can be named, none of them twice. */
  static List<Member> members(List<Member> members, long memberCount) {
    atLeast("memberCount", memberCount, members.size());
    Set<String> named = new HashSet<>();
    for (Member member : members) {
      if (!named.add(member.principal())) {
        throw new IllegalArgumentException(
            "members must be named once, twice was " + member.principal());
      }
    }
    return Member.nameable(members);
  }

  /** Returns the evidence level, with infinity replaced by the greatest number JSON can hold. */
  static double level(double level) {
    if (!(level >= 0)) {
      throw new IllegalArgumentException("level must be >= 0, was " + level);
    }
    return Math.min(level, Double.MAX_VALUE);
  }
}
