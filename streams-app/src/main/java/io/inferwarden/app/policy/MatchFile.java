package io.inferwarden.app.policy;

import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.route.BudgetClass;
import io.inferwarden.alerting.route.Match;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Reads which incidents are meant. Of several values of one condition, one suffices. */
final class MatchFile {
  private MatchFile() {}

  static Match read(ConfigReader reader) {
    Match.Builder match =
        Match.builder()
            .models(reader.list("models", Rule.notBlank()))
            .owners(reader.list("owners", Rule.notBlank()))
            .kinds(words(reader, "kinds", IncidentKind.values(), IncidentKind::code))
            .severities(words(reader, "severities", Severity.values(), Severity::code))
            .environments(reader.list("environments", Rule.notBlank()))
            .budgets(words(reader, "budgets", BudgetClass.values(), BudgetClass::code))
            .states(words(reader, "states", IncidentState.values(), IncidentState::code))
            .changes(words(reader, "changes", IncidentChange.values(), IncidentChange::code))
            .subjects(reader.list("subjects", Rule.notBlank()));
    words(reader, "minimalSeverity", Severity.values(), Severity::code).stream()
        .findFirst()
        .ifPresent(match::minimalSeverity);
    reader.flag("pages").ifPresent(match::pages);
    return match.build();
  }

  private static <T> List<T> words(
      ConfigReader reader, String key, T[] constants, Function<T, String> codeOf) {
    List<String> codes = Arrays.stream(constants).map(codeOf).toList();
    return reader.list(key, Rule.oneOf(codes)).stream()
        .map(code -> constants[codes.indexOf(code)])
        .toList();
  }
}
