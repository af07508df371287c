package io.inferwarden.alerting.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.JsonFields;
import io.inferwarden.alerting.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The JSON form of a {@link Match}, with the keys that the configuration has; conditions that are
 * empty are left out. A key that is not known is refused: to ignore it would mean more incidents
 * than were asked for.
 */
public final class MatchJson {
  private static final String MODELS = "models";
  private static final String SUBJECTS = "subjects";
  private static final String OWNERS = "owners";
  private static final String KINDS = "kinds";
  private static final String MINIMAL_SEVERITY = "minimalSeverity";
  private static final String SEVERITIES = "severities";
  private static final String ENVIRONMENTS = "environments";
  private static final String BUDGETS = "budgets";
  private static final String STATES = "states";
  private static final String CHANGES = "changes";
  private static final String PAGES = "pages";

  /** All keys, in their order. */
  public static final List<String> KEYS =
      List.of(
          MODELS,
          SUBJECTS,
          OWNERS,
          KINDS,
          MINIMAL_SEVERITY,
          SEVERITIES,
          ENVIRONMENTS,
          BUDGETS,
          STATES,
          CHANGES,
          PAGES);

  private static final Set<String> KNOWN = Set.copyOf(KEYS);

  private MatchJson() {}

  public static ObjectNode toTree(Match match) {
    ObjectNode object = JsonFields.newObject();
    put(object, MODELS, match.models(), Function.identity());
    put(object, SUBJECTS, match.subjects(), Function.identity());
    put(object, OWNERS, match.owners(), Function.identity());
    put(object, KINDS, match.kinds(), IncidentKind::code);
    match.minimalSeverity().ifPresent(least -> object.put(MINIMAL_SEVERITY, least.code()));
    put(object, SEVERITIES, match.severities(), Severity::code);
    put(object, ENVIRONMENTS, match.environments(), Function.identity());
    put(object, BUDGETS, match.budgets(), BudgetClass::code);
    put(object, STATES, match.states(), IncidentState::code);
    put(object, CHANGES, match.changes(), IncidentChange::code);
    match.pages().ifPresent(pages -> object.put(PAGES, pages));
    return object;
  }

  /** Throws {@link IllegalArgumentException} when the tree is no match. */
  public static Match fromTree(JsonNode object) {
    if (!object.isObject()) {
      throw new IllegalArgumentException("match must be an object");
    }
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!KNOWN.contains(name)) {
        throw new IllegalArgumentException(
            "match must have only " + String.join(", ", KEYS) + ", had \"" + name + '"');
      }
    }
    Match.Builder match =
        Match.builder()
            .models(read(object, MODELS, Function.identity()))
            .subjects(read(object, SUBJECTS, Function.identity()))
            .owners(read(object, OWNERS, Function.identity()))
            .kinds(read(object, KINDS, IncidentKind::ofCode))
            .severities(read(object, SEVERITIES, Severity::ofCode))
            .environments(read(object, ENVIRONMENTS, Function.identity()))
            .budgets(read(object, BUDGETS, BudgetClass::ofCode))
            .states(read(object, STATES, IncidentState::ofCode))
            .changes(read(object, CHANGES, IncidentChange::ofCode));
    if (object.hasNonNull(MINIMAL_SEVERITY)) {
      match.minimalSeverity(Severity.ofCode(JsonFields.text(object, MINIMAL_SEVERITY)));
    }
    if (object.hasNonNull(PAGES)) {
      if (!object.get(PAGES).isBoolean()) {
        throw new IllegalArgumentException(PAGES + " must be true or false");
      }
      match.pages(object.get(PAGES).booleanValue());
    }
    return match.build();
  }

  private static <T> void put(
      ObjectNode object, String name, Collection<T> values, Function<T, String> wordOf) {
    if (!values.isEmpty()) {
      ArrayNode array = object.putArray(name);
      values.forEach(value -> array.add(wordOf.apply(value)));
    }
  }

  private static <T> List<T> read(JsonNode object, String name, Function<String, T> parse) {
    List<T> values = new ArrayList<>();
    for (JsonNode value : JsonFields.arrayOrEmpty(object, name)) {
      if (!value.isTextual()) {
        throw new IllegalArgumentException(name + " must hold strings");
      }
      values.add(parse.apply(value.textValue()));
    }
    return values;
  }
}
