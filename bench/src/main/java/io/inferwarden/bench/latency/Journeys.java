package io.inferwarden.bench.latency;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each event passed each stage, in milliseconds of the clock that this process and the broker
 * of the same machine share. Thread-safe.
 */
final class Journeys {
  /** One event on its way. */
  private static final class Journey {
    private final Map<Stage, Long> millis = new EnumMap<>(Stage.class);

    /** An event that tells more than once of the same has passed since the first time. */
    synchronized void pass(Stage stage, long atMillis) {
      millis.putIfAbsent(stage, atMillis);
    }

    synchronized boolean isIncident() {
      return millis.containsKey(Stage.INCIDENT_READABLE);
    }

    /** How long it took; empty where it did not pass both. */
    synchronized OptionalLong between(Stage from, Stage to) {
      Long begin = millis.get(from);
      Long end = millis.get(to);
      return begin == null || end == null ? OptionalLong.empty() : OptionalLong.of(end - begin);
    }
  }

  private final Map<String, Journey> byEvent = new ConcurrentHashMap<>();

  /**
   * How the event of a model is known in all stages. Its account is no part of it: a campaign has
   * the name of the account that was named first, whichever account grew it.
   */
  static String key(String model, long timeMillis) {
    return model + '|' + timeMillis;
  }

  /** An event sets out; later stages of events that never did are not heard of. */
  void begin(String key, long atMillis) {
    byEvent.computeIfAbsent(key, first -> new Journey()).pass(Stage.SENT, atMillis);
  }

  void pass(String key, Stage stage, long atMillis) {
    Journey journey = byEvent.get(key);
    if (journey != null) {
      journey.pass(stage, atMillis);
    }
  }

  /** How long it took from one stage to another, of the incidents that passed both. */
  Percentiles between(Stage from, Stage to) {
    return new Percentiles(
        byEvent.values().stream()
            .filter(Journey::isIncident)
            .map(journey -> journey.between(from, to))
            .filter(OptionalLong::isPresent)
            .mapToDouble(OptionalLong::getAsLong)
            .toArray());
  }

  /**
   * Stage by stage, of the events that became an incident: how long each took after the one before
   * it.
   */
  String report() {
    StringBuilder text = new StringBuilder();
    Stage before = null;
    for (Stage stage : Stage.values()) {
      if (before != null) {
        text.append(line(stage.words(), between(before, stage)));
      }
      before = stage;
    }
    text.append(
        line("event in the log to incident", between(Stage.LOGGED, Stage.INCIDENT_READABLE)));
    return text.toString();
  }

  private static String line(String words, Percentiles millis) {
    return String.format(Locale.ROOT, "%-36s %s%n", words, millis);
  }
}
