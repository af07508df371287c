package io.inferwarden.app.policy;

import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.Severity;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the operator wants of each kind of incident about principals before it is raised.
 *
 * @param byKind the settings that differ from the usual one; of kinds about principals only
 */
public record KindSettings(Map<IncidentKind, KindSetting> byKind) {
  /** Every kind is raised as soon as its evidence suffices. */
  public static final KindSettings EVEN = new KindSettings(Map.of());

  public KindSettings {
    EnumMap<IncidentKind, KindSetting> sorted = new EnumMap<>(IncidentKind.class);
    byKind.forEach(
        (kind, setting) -> {
          if (!settable().contains(kind)) {
            throw new IllegalArgumentException(
                "kinds must be about principals, was " + kind.code());
          }
          sorted.put(kind, setting);
        });
    byKind = Collections.unmodifiableMap(sorted);
  }

  /** The kinds that may be set; those about models have the weights of the models. */
  static List<IncidentKind> settable() {
    return Arrays.stream(IncidentKind.values())
        .filter(kind -> kind.accuses() || kind == IncidentKind.DETECTOR_FLOODED)
        .toList();
  }

  public KindSetting of(IncidentKind kind) {
    return byKind.getOrDefault(kind, KindSetting.USUAL);
  }

  /**
   * What is wanted of one kind.
   *
   * @param weight above 0 and at most 1: a finding is raised at a level of {@code 1 / weight} or
   *     more. A stream that restarts only there raises at most {@code weight} times the false
   *     incidents that its spend promises, since a level of {@code 1 / weight} is {@code 1 /
   *     weight} times as rare.
   * @param minimalSeverity findings below it are recorded and never raised
   */
  public record KindSetting(double weight, Severity minimalSeverity) {
    // Before the constant below, whose constructor asks for it.
    static final Rule<Double> WEIGHT = Rule.fraction();

    /** What holds for a kind of which the policy says nothing. */
    public static final KindSetting USUAL = new KindSetting(1, Severity.INFO);

    public KindSetting {
      WEIGHT.require("kinds.weight", weight);
    }

    /** The level from which on a finding of the kind is raised; at least 1. */
    public double requiredLevel() {
      return 1 / weight;
    }
  }
}
