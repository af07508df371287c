package io.inferwarden.app.policy;

import io.inferwarden.alerting.delivery.DeliverySettings;
import io.inferwarden.alerting.route.Route;

/**
 * Someone who is told of incidents.
 *
 * @param name for routes, logs and metrics
 * @param target what is sent to
 * @param delivery how eagerly, and how much
 */
public record SinkConfig(String name, SinkTarget target, DeliverySettings delivery) {
  static final Rule<String> NAME = Rule.matching(Route.NAME_PATTERN, Route.NAME_IN_WORDS);

  public SinkConfig {
    NAME.require("name of a sink", name);
  }
}
