package io.inferwarden.alerting.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who answers for which model.
 *
 * @param byModel the owner by the model's name or a pattern of it with {@code *} and {@code ?}; of
 *     several that match, the first counts
 */
public record Owners(Map<String, String> byModel) {
  /** Nobody answers for anything. */
  public static final Owners NONE = new Owners(Map.of());

  public Owners {
    byModel.forEach(
        (model, owner) -> {
          RouteChecks.notBlank("owners", model);
          RouteChecks.notBlank("owners." + model, owner);
        });
    byModel = Collections.unmodifiableMap(new LinkedHashMap<>(byModel));
  }

  /** The owner of a model. */
  public Optional<String> of(String model) {
    for (Map.Entry<String, String> entry : byModel.entrySet()) {
      if (Glob.matches(entry.getKey(), model)) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  /** All owners there are. */
  Set<String> all() {
    return RouteChecks.ordered(byModel.values());
  }
}
