package io.inferwarden.alerting.route;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** What follows from two matches, or from one alone, whatever the incident. */
final class MatchLogic {
  private MatchLogic() {}

  /**
   * Whether whatever the second means is meant by the first too. May say no where it is so, never
   * yes where it is not.
   */
  static boolean covers(Match wide, Match narrow) {
    return holds(wide.kinds(), kinds(narrow))
        && severities(wide).containsAll(severities(narrow))
        && globsCover(wide.models(), narrow.models())
        && globsCover(wide.subjects(), narrow.subjects())
        && named(wide.owners(), narrow.owners())
        && named(wide.environments(), narrow.environments())
        && named(wide.budgets(), narrow.budgets())
        && named(wide.states(), narrow.states())
        && named(wide.changes(), narrow.changes())
        && (wide.pages().isEmpty()
            || kinds(narrow).stream().allMatch(kind -> kind.pages() == wide.pages().get()));
  }

  /** Whether an incident may be meant by both. May say yes where none can, never the reverse. */
  static boolean mayShare(Match one, Match other) {
    return !Collections.disjoint(kinds(one), kinds(other))
        && !Collections.disjoint(severities(one), severities(other))
        && mayShare(one.environments(), other.environments())
        && mayShare(one.budgets(), other.budgets())
        && mayShare(one.states(), other.states())
        && mayShare(one.changes(), other.changes());
  }

  /** The kinds that it may mean. */
  static List<IncidentKind> kinds(Match match) {
    return Arrays.stream(IncidentKind.values())
        .filter(kind -> match.kinds().isEmpty() || match.kinds().contains(kind))
        .filter(kind -> match.pages().isEmpty() || match.pages().get() == kind.pages())
        .filter(
            kind ->
                match.budgets().isEmpty()
                    || match.budgets().contains(BudgetClass.of(kind, false))
                    || match.budgets().contains(BudgetClass.of(kind, true)))
        .toList();
  }

  private static List<Severity> severities(Match match) {
    return Arrays.stream(Severity.values())
        .filter(
            severity ->
                match.minimalSeverity().isEmpty()
                    || severity.compareTo(match.minimalSeverity().get()) >= 0)
        .filter(severity -> match.severities().isEmpty() || match.severities().contains(severity))
        .toList();
  }

  private static <T> boolean holds(Set<T> wide, Collection<T> narrow) {
    return wide.isEmpty() || wide.containsAll(narrow);
  }

  private static <T> boolean named(Set<T> wide, Set<T> narrow) {
    return wide.isEmpty() || (!narrow.isEmpty() && wide.containsAll(narrow));
  }

  private static <T> boolean mayShare(Set<T> one, Set<T> other) {
    return one.isEmpty() || other.isEmpty() || !Collections.disjoint(one, other);
  }

  /** A pattern that matches the text of another matches whatever that one does. */
  private static boolean globsCover(Set<String> wide, Set<String> narrow) {
    return wide.isEmpty()
        || (!narrow.isEmpty()
            && narrow.stream()
                .allMatch(
                    pattern ->
                        wide.contains(pattern)
                            || wide.stream().anyMatch(glob -> coversText(glob, pattern))));
  }

  /** A question mark means less than a star, so it is no cover for one. */
  private static boolean coversText(String glob, String pattern) {
    return !(glob.contains("?") && pattern.contains("*")) && Glob.matches(glob, pattern);
  }
}
