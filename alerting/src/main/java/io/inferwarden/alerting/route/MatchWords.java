package io.inferwarden.alerting.route;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Says what a {@link Match} asks for, and which of it an incident fails. */
final class MatchWords {
  private MatchWords() {}

  static String of(Match match) {
    List<String> words = new ArrayList<>();
    add(words, "kind ", match.kinds(), IncidentKind::code);
    match.minimalSeverity().ifPresent(least -> words.add("severity >= " + least.code()));
    add(words, "severity ", match.severities(), Severity::code);
    add(words, "model ", match.models(), Function.identity());
    add(words, "owner ", match.owners(), Function.identity());
    add(words, "subject ", match.subjects(), Function.identity());
    add(words, "environment ", match.environments(), Function.identity());
    add(words, "budget ", match.budgets(), BudgetClass::code);
    add(words, "state ", match.states(), IncidentState::code);
    add(words, "change ", match.changes(), IncidentChange::code);
    match.pages().ifPresent(pages -> words.add(pages ? "pages" : "does not page"));
    return words.isEmpty() ? "every incident" : String.join(", ", words);
  }

  /**
   * The first condition that an incident fails, such as {@code its severity is low, below high};
   * empty when it fails none.
   */
  static Optional<String> mismatch(Match match, Facts facts) {
    Incident incident = facts.incident();
    return is("kind", match.kinds(), facts.kind(), IncidentKind::code)
        .or(() -> severityBelow(match, incident.severity()))
        .or(() -> is("severity", match.severities(), incident.severity(), Severity::code))
        .or(() -> models(match, facts))
        .or(() -> owners(match, facts))
        .or(() -> subject(match, incident.subject()))
        .or(() -> is("environment", match.environments(), facts.environment(), Function.identity()))
        .or(() -> is("budget", match.budgets(), facts.budget(), BudgetClass::code))
        .or(() -> is("state", match.states(), incident.state(), IncidentState::code))
        .or(() -> is("change", match.changes(), incident.change(), IncidentChange::code))
        .or(
            () ->
                match
                    .pages()
                    .filter(pages -> pages != incident.pages())
                    .map(pages -> pages ? "its kind does not page" : "its kind pages"));
  }

  private static <T> Optional<String> is(
      String what, Collection<T> wanted, T actual, Function<T, String> wordOf) {
    if (wanted.isEmpty() || wanted.contains(actual)) {
      return Optional.empty();
    }
    String word = wordOf.apply(actual);
    return Optional.of(
        "its "
            + what
            + (word.isEmpty() ? " is not known" : " is " + word)
            + ", not "
            + joined(wanted, wordOf));
  }

  private static Optional<String> severityBelow(Match match, Severity severity) {
    return match
        .minimalSeverity()
        .filter(least -> severity.compareTo(least) < 0)
        .map(least -> "its severity is " + severity.code() + ", below " + least.code());
  }

  private static Optional<String> models(Match match, Facts facts) {
    boolean meant =
        match.models().isEmpty()
            || facts.models().stream().anyMatch(model -> Glob.anyMatches(match.models(), model));
    return meant
        ? Optional.empty()
        : Optional.of(
            "its model is "
                + some(facts.models())
                + ", not "
                + joined(match.models(), Function.identity()));
  }

  private static Optional<String> owners(Match match, Facts facts) {
    if (match.owners().isEmpty() || facts.owners().stream().anyMatch(match.owners()::contains)) {
      return Optional.empty();
    }
    List<String> known = List.copyOf(facts.namedOwners());
    return Optional.of(
        (known.isEmpty() ? "nobody owns its model" : "its owner is " + some(known))
            + ", not "
            + joined(match.owners(), Function.identity()));
  }

  private static Optional<String> subject(Match match, String subject) {
    return match.subjects().isEmpty() || Glob.anyMatches(match.subjects(), subject)
        ? Optional.empty()
        : Optional.of(
            "its subject is " + subject + ", not " + joined(match.subjects(), Function.identity()));
  }

  /** A fleet may have hundreds of models. */
  private static String some(List<String> names) {
    int most = 3;
    return names.size() <= most
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }

  private static <T> void add(
      List<String> words, String what, Collection<T> values, Function<T, String> wordOf) {
    if (!values.isEmpty()) {
      words.add(what + joined(values, wordOf));
    }
  }

  private static <T> String joined(Collection<T> values, Function<T, String> wordOf) {
    return String.join(" or ", values.stream().map(wordOf).toList());
  }
}
