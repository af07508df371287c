package io.inferwarden.app.policy;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much each model matters: its part of what is spent on models is its weight over the sum of
 * the weights of all models that are known by then.
 *
 * @param byModel the weights that differ from the usual one, by model; each above 0 and finite
 */
public record ModelWeights(Map<String, Double> byModel) {
  /** The weight of a model of which the policy says nothing. */
  public static final double USUAL = 1;

  /** All models matter alike. */
  public static final ModelWeights EVEN = new ModelWeights(Map.of());

  static final Rule<Double> WEIGHT = Rule.positive();

  public ModelWeights {
    TreeMap<String, Double> sorted = new TreeMap<>(byModel);
    sorted.forEach((model, weight) -> WEIGHT.require("weights.models." + model, weight));
    byModel = Collections.unmodifiableMap(sorted);
  }

  public double of(String model) {
    return byModel.getOrDefault(model, USUAL);
  }
}
