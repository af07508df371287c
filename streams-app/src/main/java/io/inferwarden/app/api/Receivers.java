package io.inferwarden.app.api;

import java.util.List;
import java.util.Optional;

/** Who can be told, by the names in the configuration. */
public interface Receivers {
  /** All routes. */
  List<String> routes();

  /** All sinks. */
  List<String> sinks();

  /** The sinks that a route leads to; empty when there is no such route. */
  Optional<List<String>> sinksOfRoute(String route);
}
