package io.inferwarden.app.policy;

import io.inferwarden.alerting.route.Grouping;
import io.inferwarden.alerting.route.Inhibition;
import io.inferwarden.alerting.route.MaintenanceWindow;
import io.inferwarden.alerting.route.Match;
import io.inferwarden.alerting.route.Route;
import io.inferwarden.alerting.route.Schedule;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the tree of routes, planned maintenance and inhibition. */
final class RoutesFile {
  private static final Rule<String> NAME = Rule.matching(Route.NAME_PATTERN, Route.NAME_IN_WORDS);

  private static final Rule<Duration> REPEAT =
      value ->
          Rule.unless(
              value.compareTo(Route.SHORTEST_REPEAT) >= 0,
              "must be at least 1m, was " + DurationText.format(value));

  private static final Rule<Duration> WAIT =
      value ->
          Rule.unless(
              !value.isNegative() && value.compareTo(Grouping.LONGEST_WAIT) <= 0,
              "must be from 0s to 1h, was " + DurationText.format(value));

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private final List<String> sinks;

  /**
   * @param sinks the names of all sinks there are
   */
  RoutesFile(List<String> sinks) {
    this.sinks = List.copyOf(sinks);
  }

  /** The root; it takes every incident. */
  Route root(ConfigReader reader) {
    if (reader.has("match")) {
      reader.section("match").ignoreUnknownKeys();
      reader.problem(
          "match", "is not for the root, which takes every incident; put it on a route below");
    }
    return route(reader, Route.ROOT, Match.ANYTHING);
  }

  private Route route(ConfigReader reader, String name, Match match) {
    return new Route(
        name,
        match,
        knownSinks(reader),
        reader.flag("continue").orElse(false),
        reader.duration("repeat", REPEAT),
        grouping(reader),
        children(reader));
  }

  private List<Route> children(ConfigReader reader) {
    List<Route> children = new ArrayList<>();
    for (ConfigReader child : reader.sections("routes")) {
      Optional<String> name = child.requiredText("name", NAME);
      Route route = route(child, name.orElse("unnamed"), MatchFile.read(child.section("match")));
      if (name.isEmpty()) {
        continue;
      }
      if (children.stream().anyMatch(other -> other.name().equals(name.get()))) {
        child.problem("name", "is used by another route beside it: " + name.get());
      } else {
        children.add(route);
      }
    }
    return children;
  }

  private List<String> knownSinks(ConfigReader reader) {
    return reader.list(
        "sinks",
        sink ->
            Rule.unless(
                sinks.contains(sink),
                "names no sink: \""
                    + sink
                    + '"'
                    + (sinks.isEmpty()
                        ? "; alerts.sinks has none"
                        : "; there are " + String.join(", ", sinks))));
  }

  private static Optional<Grouping> grouping(ConfigReader reader) {
    if (!reader.has("group")) {
      return Optional.empty();
    }
    ConfigReader section = reader.section("group");
    List<String> codes = Arrays.stream(Grouping.By.values()).map(Grouping.By::code).toList();
    Set<Grouping.By> by = EnumSet.noneOf(Grouping.By.class);
    section.list("by", Rule.oneOf(codes)).forEach(code -> by.add(Grouping.By.ofCode(code)));
    return Optional.of(new Grouping(by, section.duration("wait", Duration.ofSeconds(30), WAIT)));
  }

  List<MaintenanceWindow> maintenance(List<ConfigReader> readers) {
    List<MaintenanceWindow> windows = new ArrayList<>();
    for (ConfigReader reader : readers) {
      Optional<String> name = reader.requiredText("name", NAME);
      Optional<String> reason = reader.requiredText("reason", Rule.notBlank());
      Match match = MatchFile.read(reader.section("match"));
      Optional<Schedule> schedule = reader.has("days") ? weekly(reader) : once(reader);
      if (name.isEmpty() || reason.isEmpty() || schedule.isEmpty()) {
        continue;
      }
      if (windows.stream().anyMatch(other -> other.name().equals(name.get()))) {
        reader.problem("name", "is used by another window: " + name.get());
      } else {
        windows.add(new MaintenanceWindow(name.get(), match, schedule.get(), reason.get()));
      }
    }
    return windows;
  }

  private static Optional<Schedule> weekly(ConfigReader reader) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String day : reader.list("days", Rule.oneOf(DAYS))) {
      days.add(DayOfWeek.of(DAYS.indexOf(day) + 1));
    }
    Optional<LocalTime> from = time(reader, "from");
    Optional<LocalTime> to = time(reader, "to");
    if (!reader.has("zone")) {
      reader.problem("zone", "is required, such as Europe/Berlin or UTC");
    }
    Optional<ZoneId> zone =
        reader.parsed("zone", RoutesFile::zone, "a time zone such as Europe/Berlin or UTC");
    return days.isEmpty() || from.isEmpty() || to.isEmpty() || zone.isEmpty()
        ? Optional.empty()
        : Optional.of(new Schedule.Weekly(days, from.get(), to.get(), zone.get()));
  }

  private static Optional<LocalTime> time(ConfigReader reader, String key) {
    if (!reader.has(key)) {
      reader.problem(key, "is required, a time of day such as 22:00");
    }
    return reader.parsed(key, RoutesFile::timeOfDay, "a time of day such as 22:00, in quotes");
  }

  private static Optional<Schedule> once(ConfigReader reader) {
    Optional<Instant> from = instant(reader, "from");
    Optional<Instant> to = instant(reader, "to");
    return from.isEmpty() || to.isEmpty()
        ? Optional.empty()
        : Attempt.at(
            reader,
            "to",
            List.of("to"),
            () -> new Schedule.Once(from.get().toEpochMilli(), to.get().toEpochMilli()));
  }

  private static Optional<Instant> instant(ConfigReader reader, String key) {
    if (!reader.has(key)) {
      reader.problem(
          key,
          "is required: a time such as 2027-01-31T22:00:00Z, or with days every week a time of"
              + " day");
    }
    return reader.parsed(
        key, RoutesFile::instant, "a time such as 2027-01-31T22:00:00Z or …T22:00:00+01:00");
  }

  static List<Inhibition> inhibitions(List<ConfigReader> readers) {
    List<Inhibition> rules = new ArrayList<>();
    List<String> codes =
        Arrays.stream(Inhibition.Equal.values()).map(Inhibition.Equal::code).toList();
    for (ConfigReader reader : readers) {
      Match source = condition(reader, "source");
      Match target = condition(reader, "target");
      List<Inhibition.Equal> equal =
          reader.list("equal", Rule.oneOf(codes)).stream().map(Inhibition.Equal::ofCode).toList();
      Optional<String> reason = reader.requiredText("reason", Rule.notBlank());
      if (!source.isAnything() && !target.isAnything() && reason.isPresent()) {
        rules.add(new Inhibition(source, target, equal, reason.get()));
      }
    }
    return rules;
  }

  private static Match condition(ConfigReader reader, String key) {
    ConfigReader section = reader.section(key);
    if (section.keys().isEmpty()) {
      reader.problem(key, "is required, with at least one condition such as kinds: silence");
    }
    return MatchFile.read(section);
  }

  private static Optional<LocalTime> timeOfDay(String text) {
    String time = text.strip();
    try {
      return Optional.of(time.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(time));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> zone(String text) {
    try {
      return Optional.of(ZoneId.of(text.strip()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text.strip().toUpperCase(Locale.ROOT)).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
