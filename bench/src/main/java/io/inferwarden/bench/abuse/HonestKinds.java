package io.inferwarden.bench.abuse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Kinds of honest principals, by role, and of people by the hours they keep. */
final class HonestKinds {
  private static final double DAY_MILLIS = 86_400_000;
  private static final int FEWEST_EVENTS = 5;
  private static final int ZONES = 4;
  private static final int ZONE_HOURS = 24 / ZONES;

  private HonestKinds() {}

  /**
   * Each kind with its members: every role; all services together; the people whose usual hour, the
   * direction of the mean of their hours on a clock, falls in one quarter of the day.
   */
  static Map<String, Set<String>> of(RecordedTrace trace) {
    Map<String, Set<String>> roles = new TreeMap<>();
    Map<String, Set<String>> zones = new TreeMap<>();
    for (String who : trace.honest()) {
      String role = trace.roleOf(who);
      if (!role.equals(RecordedTrace.PEOPLE)) {
        roles.computeIfAbsent(role, name -> new TreeSet<>()).add(who);
      } else if (trace.eventsOf(who).size() >= FEWEST_EVENTS) {
        zones.computeIfAbsent(zone(trace.eventsOf(who)), name -> new TreeSet<>()).add(who);
      }
    }
    Map<String, Set<String>> kinds = new LinkedHashMap<>(roles);
    kinds.put("all services", members(roles, role -> role.startsWith("service")));
    kinds.put(
        "other devices and dirty data",
        members(roles, role -> role.endsWith("other-device") || role.endsWith("dirty-data")));
    kinds.putAll(zones);
    return kinds;
  }

  private static Set<String> members(Map<String, Set<String>> roles, Predicate<String> isMeant) {
    Set<String> members = new TreeSet<>();
    roles.forEach(
        (role, own) -> {
          if (isMeant.test(role)) {
            members.addAll(own);
          }
        });
    return members;
  }

  private static String zone(List<RecordedEvent> events) {
    double cosine = 0;
    double sine = 0;
    for (RecordedEvent event : events) {
      double angle = 2 * Math.PI * (event.timeMillis() % DAY_MILLIS) / DAY_MILLIS;
      cosine += Math.cos(angle);
      sine += Math.sin(angle);
    }
    double turns = (Math.atan2(sine, cosine) / (2 * Math.PI) + 1) % 1;
    int zone = (int) Math.min(ZONES - 1, turns * ZONES);
    return "people around %02d to %02d h UTC".formatted(zone * ZONE_HOURS, (zone + 1) * ZONE_HOURS);
  }
}
