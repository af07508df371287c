package io.inferwarden.alerting.route;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * While one incident goes on, others that it explains are not told: "the gateway is down" hides
 * "blind".
 *
 * @param source which open incidents explain; with at least one condition
 * @param target which incidents they hide; with at least one condition
 * @param equal what both must have in common
 * @param reason why, for whoever wonders
 */
public record Inhibition(Match source, Match target, List<Equal> equal, String reason) {
  /** What two incidents may have in common. */
  public enum Equal {
    /** A model; incidents that name none have only their like in common. */
    MODEL,
    /** The environment, which all incidents of a deployment share. */
    ENVIRONMENT,
    /** An owner; incidents without one have only their like in common. */
    OWNER;

    /** The word used in configuration, such as {@code model}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The constant with the given code; an unknown one is an {@link IllegalArgumentException}. */
    public static Equal ofCode(String code) {
      return RouteChecks.ofCode("equal", Equal.class, Equal::code, code);
    }

    private boolean holds(Facts one, Facts other) {
      return switch (this) {
        case MODEL -> share(one.namedModels(), other.namedModels());
        case ENVIRONMENT -> one.environment().equals(other.environment());
        case OWNER -> share(one.namedOwners(), other.namedOwners());
      };
    }

    private static boolean share(Set<String> one, Set<String> other) {
      return (one.isEmpty() && other.isEmpty()) || !Collections.disjoint(one, other);
    }
  }

  public Inhibition {
    if (source.isAnything() || target.isAnything()) {
      throw new IllegalArgumentException(
          "source and target of an inhibition must have at least one condition each");
    }
    equal = List.copyOf(RouteChecks.ordered(equal));
    RouteChecks.notBlank("reason of an inhibition", reason);
  }

  /** Whether the rule hides incidents such as this, if there is something that explains it. */
  boolean mayHide(Facts hidden) {
    return target.matchesWholly(hidden);
  }

  /**
   * Whether the open incident hides the other. Two that could hide each other do not: one of them
   * must be told.
   */
  boolean hides(Facts open, Facts hidden) {
    return open.incident().isOpen()
        && !open.incident().id().equals(hidden.incident().id())
        && source.matches(open)
        && mayHide(hidden)
        && !(source.matches(hidden) && target.matchesWholly(open))
        && equal.stream().allMatch(property -> property.holds(open, hidden));
  }

  String inWords() {
    List<String> names = equal.stream().map(Equal::code).toList();
    return "while there is an open incident of "
        + source.inWords()
        + ", nobody is told of "
        + target.inWords()
        + (names.isEmpty() ? "" : " of the same " + String.join(" and ", names));
  }
}
