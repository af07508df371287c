package io.inferwarden.alerting.book;

import java.util.List;
import java.util.Optional;

/**
 * Some of what was asked for, the newest first.
 *
 * @param items as many as asked for, or all that are left
 * @param next where the next page goes on; empty when there is no more
 */
public record Page<V>(List<V> items, Optional<Place> next) {
  public Page {
    items = List.copyOf(items);
  }
}
