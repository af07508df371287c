package io.inferwarden.app.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts of one simulated deployment, which is made once, for tests that need realistic events. */
public final class DemoSlice {
  /** 2026-03-01T00:00:00Z. */
  public static final long START_MILLIS = 1_772_323_200_000L;

  public static final long HOUR_MILLIS = 3_600_000L;
  public static final long DAY_MILLIS = 24 * HOUR_MILLIS;

  private static final long SEED = 42;
  private static final Pattern TIME = Pattern.compile("\"time\":(\\d+)");
  private static final Pattern VERSION = Pattern.compile("\"version\":\"[^\"]*\"");

  private static final class Holder {
    static final DemoWorld WORLD = DemoWorld.create(SEED, START_MILLIS);
  }

  private DemoSlice() {}

  public static DemoWorld world() {
    return Holder.WORLD;
  }

  /** The events of a model from one hour of the simulation to another, exclusive. */
  public static List<DemoEvent> of(String model, int fromHour, int untilHour) {
    return where(
        event ->
            event.model().equals(model)
                && event.timeMillis() >= START_MILLIS + fromHour * HOUR_MILLIS
                && event.timeMillis() < START_MILLIS + untilHour * HOUR_MILLIS);
  }

  public static List<DemoEvent> where(Predicate<DemoEvent> wanted) {
    return world().events().stream().filter(wanted).toList();
  }

  /** The same events at another time. */
  public static List<DemoEvent> shifted(List<DemoEvent> events, long byMillis) {
    List<DemoEvent> shifted = new ArrayList<>();
    for (DemoEvent event : events) {
      long time = event.timeMillis() + byMillis;
      String json = TIME.matcher(text(event)).replaceFirst("\"time\":" + time);
      shifted.add(with(event, time, json));
    }
    return shifted;
  }

  /** The same events with ids of their own. */
  public static List<DemoEvent> renamed(List<DemoEvent> events, String prefix) {
    List<DemoEvent> renamed = new ArrayList<>();
    for (DemoEvent event : events) {
      renamed.add(
          with(
              event,
              event.timeMillis(),
              text(event).replaceFirst("\"id\":\"", "\"id\":\"" + prefix)));
    }
    return renamed;
  }

  /** The same events, answered by another version of the model. */
  public static List<DemoEvent> ofVersion(List<DemoEvent> events, String version) {
    List<DemoEvent> changed = new ArrayList<>();
    for (DemoEvent event : events) {
      String json =
          VERSION
              .matcher(text(event))
              .replaceFirst(Matcher.quoteReplacement("\"version\":\"" + version + "\""));
      changed.add(with(event, event.timeMillis(), json));
    }
    return changed;
  }

  /** All events in the order of time. */
  @SafeVarargs
  public static List<byte[]> merged(List<DemoEvent>... parts) {
    List<DemoEvent> all = new ArrayList<>();
    for (List<DemoEvent> part : parts) {
      all.addAll(part);
    }
    all.sort(Comparator.comparingLong(DemoEvent::timeMillis));
    return all.stream().map(DemoEvent::json).toList();
  }

  /** Events in the order in which they come when each is late by up to so many milliseconds. */
  public static List<byte[]> delayed(List<DemoEvent> events, int mostMillis, long seed) {
    Random random = new Random(seed);
    TreeMap<Long, List<byte[]>> arrivals = new TreeMap<>();
    for (DemoEvent event : events) {
      long arrival = event.timeMillis() + random.nextInt(mostMillis);
      arrivals.computeIfAbsent(arrival, time -> new ArrayList<>()).add(event.json());
    }
    return arrivals.values().stream().flatMap(List::stream).toList();
  }

  private static String text(DemoEvent event) {
    return new String(event.json(), StandardCharsets.UTF_8);
  }

  private static DemoEvent with(DemoEvent event, long timeMillis, String json) {
    return new DemoEvent(
        timeMillis, event.principal(), event.model(), json.getBytes(StandardCharsets.UTF_8));
  }
}
