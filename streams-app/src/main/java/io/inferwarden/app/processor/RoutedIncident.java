package io.inferwarden.app.processor;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.route.Destination;
import io.inferwarden.app.state.StateCodec;
import io.inferwarden.detectors.state.StateReader;
import io.inferwarden.detectors.state.StateWriter;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** An incident, and what each sink was told of it; times are the clock's. */
final class RoutedIncident {
  /** In place of a time, while an incident goes on. */
  static final long NOT_OVER = -1;

  Incident incident;
  long overSinceMillis = NOT_OVER;

  /** By sink. */
  final TreeMap<String, Told> told = new TreeMap<>();

  RoutedIncident(Incident incident) {
    this.incident = incident;
  }

  /**
   * What one sink was told.
   *
   * @param route that led to it
   * @param repeatMillis how often to remind it, milliseconds; 0 for never
   * @param lastMillis when it was told last, or when that was held back
   * @param held whether nothing was told so far, since somebody asked for silence
   * @param missed whether later news was held back, for the same reason
   */
  record Told(String route, long repeatMillis, long lastMillis, boolean held, boolean missed) {
    static Told of(Destination destination, long nowMillis) {
      return new Told(
          destination.route(),
          destination.repeat().map(Duration::toMillis).orElse(0L),
          nowMillis,
          destination.hold().isPresent(),
          false);
    }

    /** The same, no longer held back. */
    Told asTold() {
      return new Told(route, repeatMillis, lastMillis, false, false);
    }

    Told at(long nowMillis) {
      return new Told(route, repeatMillis, nowMillis, held, missed);
    }

    /** The same, with news that was held back. */
    Told missing() {
      return new Told(route, repeatMillis, lastMillis, held, true);
    }
  }

  /** Whether the sink has heard of the incident. */
  boolean isTold(String sink) {
    Told known = told.get(sink);
    return known != null && !known.held();
  }

  static final StateCodec<RoutedIncident> CODEC =
      new StateCodec<>() {
        @Override
        public void write(RoutedIncident routed, StateWriter out) {
          out.writeBytes(IncidentJson.toJson(routed.incident)).writeLong(routed.overSinceMillis);
          out.writeInt(routed.told.size());
          for (Map.Entry<String, Told> one : routed.told.entrySet()) {
            Told told = one.getValue();
            out.writeString(one.getKey()).writeString(told.route());
            out.writeLong(told.repeatMillis()).writeLong(told.lastMillis());
            out.writeBoolean(told.held()).writeBoolean(told.missed());
          }
        }

        @Override
        public RoutedIncident read(StateReader in) {
          RoutedIncident routed = new RoutedIncident(IncidentJson.fromJson(in.readBytes()));
          routed.overSinceMillis = in.readLong();
          for (int left = in.readInt(); left > 0; left--) {
            routed.told.put(
                in.readString(),
                new Told(
                    in.readString(),
                    in.readLong(),
                    in.readLong(),
                    in.readBoolean(),
                    in.readBoolean()));
          }
          return routed;
        }
      };
}
