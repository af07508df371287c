package io.inferwarden.app.processor;

import io.inferwarden.alerting.Chance;
import io.inferwarden.alerting.Evidence;
import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.app.state.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Raises a finding when so many new names ask a model that somebody may want the table of
 * principals to overflow. The evidence is {@link NewNames}.
 */
final class FloodWatch {
  private static final double HOURS_PER_WEEK = 7 * 24;

  private final ObjectStore<NewNames> store;
  private final double floor;

  /**
   * @param maximum places of the table, at least 1
   */
  FloodWatch(ObjectStore<NewNames> store, int maximum) {
    this.store = store;
    this.floor = maximum / HOURS_PER_WEEK;
  }

  /** Counts a name that asks the model for the first time, as far as anybody remembers. */
  void newName(String model, long timeMillis, Tracking tracking) {
    ObjectStore<NewNames>.Slot slot = store.slot(model);
    NewNames names = slot.value();
    if (names == null) {
      names = new NewNames(floor);
      slot.set(names);
    }
    names.add(timeMillis, tracking);
    slot.changed();
  }

  /** The floods that have come to light since the last call, by model. */
  List<Finding> findings(long nowMillis) {
    List<Finding> findings = new ArrayList<>();
    for (String model : store.sortedKeys()) {
      ObjectStore<NewNames>.Slot slot = store.slot(model);
      NewNames names = slot.value();
      if (names != null) {
        NewNames.Flood flood = names.look(nowMillis);
        slot.changed();
        if (flood != null) {
          findings.add(finding(model, names, flood, nowMillis));
        }
      }
    }
    return findings;
  }

  private static Finding finding(
      String model, NewNames names, NewNames.Flood flood, long atMillis) {
    String sentence =
        String.format(
            Locale.ROOT,
            "new names: %,d principals asked for the first time within an hour in one partition,"
                + " where at most %,.0f are usual",
            flood.names(),
            flood.usualPerHour());
    return new Finding(
        "model:" + model,
        model,
        "",
        IncidentKind.DETECTOR_FLOODED,
        IncidentKind.DETECTOR_FLOODED.severity(),
        atMillis,
        Math.min(atMillis, names.usualUntilMillis()),
        flood.names(),
        flood.level(),
        Chance.onceInMillis(flood.level(), flood.spend(), NewNames.HOUR_MILLIS),
        List.of(
            new Evidence(
                "new names", 1, "more new names than usual", Double.NaN, Double.NaN, sentence)),
        List.of());
  }
}
