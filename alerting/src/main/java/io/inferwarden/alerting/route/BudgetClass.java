package io.inferwarden.alerting.route;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import java.util.Locale;

/** The share of the alarm budget that an incident was paid from. */
public enum BudgetClass {
  /** It accuses one principal. */
  PRINCIPALS,
  /** It accuses many principals together. */
  CAMPAIGNS,
  /** It is about a model's inputs, outputs or rate. */
  MODELS,
  /** It is about a stream that has fallen silent. */
  SILENCE,
  /** It is about what many models have in common. */
  FLEET,
  /** It is no alarm: it reports a state, or speaks of the alerts themselves. */
  NONE;

  /** The word used in configuration, such as {@code models}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The class with the given code; an unknown code is an {@link IllegalArgumentException}. */
  public static BudgetClass ofCode(String code) {
    return RouteChecks.ofCode("budget", BudgetClass.class, BudgetClass::code, code);
  }

  /** The class of an incident. */
  public static BudgetClass of(Incident incident) {
    return of(incident.kind(), incident.memberCount() > 0);
  }

  /**
   * The class of an incident of a kind.
   *
   * @param hasMembers whether it is about several principals
   */
  static BudgetClass of(IncidentKind kind, boolean hasMembers) {
    if (kind.accuses()) {
      return hasMembers ? CAMPAIGNS : PRINCIPALS;
    }
    return switch (kind) {
      case INPUT_DRIFT, MODEL_REPLACED, OUTPUT_SHIFT, REQUEST_SURGE, SLOW_DRIFT -> MODELS;
      case SILENCE -> BudgetClass.SILENCE;
      case COMMON_CAUSE -> FLEET;
      default -> NONE;
    };
  }
}
