package io.inferwarden.bench.abuse;

import io.inferwarden.app.backtest.TraceLabels;
import io.inferwarden.app.backtest.TraceLabels.AttackLabel;
import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** A trace with its labels, in memory: who asked what, and who of them attacked. */
final class RecordedTrace {
  static final String PEOPLE = "people";

  private static final String ENDING = ".jsonl.gz";

  private final String name;
  private final List<RecordedEvent> events;
  private final Map<String, AttackLabel> attacks = new LinkedHashMap<>();
  private final Map<String, String> roles;
  private final Map<String, List<RecordedEvent>> byPrincipal = new TreeMap<>();

  /**
   * @param name of the trace
   * @param events sorted by time, at least one
   * @param labels who attacked, and the roles of the honest
   */
  RecordedTrace(String name, List<RecordedEvent> events, TraceLabels labels) {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("events must not be empty");
    }
    this.name = name;
    this.events = List.copyOf(events);
    this.roles = labels.roles();
    for (AttackLabel attack : labels.principals()) {
      attacks.putIfAbsent(attack.principal(), attack);
    }
    for (RecordedEvent event : events) {
      byPrincipal.computeIfAbsent(event.principal(), who -> new ArrayList<>()).add(event);
    }
  }

  /**
   * Reads {@code X.jsonl.gz} and {@code X.labels.json} beside it.
   *
   * @throws IOException when a file cannot be read, or holds what is no event
   */
  static RecordedTrace read(Path path) throws IOException {
    String name = path.getFileName().toString().replace(ENDING, "");
    List<RecordedEvent> events = new ArrayList<>();
    EventParser parser = new EventParser();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        byte[] json = line.getBytes(StandardCharsets.UTF_8);
        InferenceEvent event = new InferenceEvent();
        RejectedEvent rejected = parser.parse(json, 0, json.length, Long.MAX_VALUE, event);
        if (rejected != null) {
          throw new IOException(path + " holds what is no event: " + rejected);
        }
        events.add(RecordedEvent.of(event));
      }
    }
    Path labels = path.resolveSibling(name + ".labels.json");
    return new RecordedTrace(name, events, TraceLabels.read(labels));
  }

  String name() {
    return name;
  }

  List<RecordedEvent> events() {
    return events;
  }

  List<RecordedEvent> eventsOf(String principal) {
    return byPrincipal.getOrDefault(principal, List.of());
  }

  long startMillis() {
    return events.get(0).timeMillis();
  }

  long endMillis() {
    return events.get(events.size() - 1).timeMillis();
  }

  boolean isHonest(String principal) {
    return !attacks.containsKey(principal);
  }

  /** The name of a principal's first attack; empty for the honest. */
  String attackOf(String principal) {
    AttackLabel attack = attacks.get(principal);
    return attack == null ? "" : attack.attack();
  }

  /** When its first attack began; the end of time for the honest. */
  long attackStartMillis(String principal) {
    AttackLabel attack = attacks.get(principal);
    return attack == null ? Long.MAX_VALUE : attack.from();
  }

  int eventsBeforeAttack(String principal) {
    long from = attackStartMillis(principal);
    return (int) eventsOf(principal).stream().filter(event -> event.timeMillis() < from).count();
  }

  Set<String> attackers() {
    return Collections.unmodifiableSet(attacks.keySet());
  }

  /** In the order of their names. */
  Set<String> honest() {
    Set<String> honest = new TreeSet<>(byPrincipal.keySet());
    honest.removeAll(attacks.keySet());
    return honest;
  }

  /** What an honest principal does for a living. */
  String roleOf(String principal) {
    return roles.getOrDefault(principal, PEOPLE);
  }

  /** Attackers whose attack no other account takes part in, in the order of the labels. */
  List<String> singleAttackers() {
    Map<String, Integer> members = new TreeMap<>();
    attacks.values().forEach(attack -> members.merge(attack.attack(), 1, Integer::sum));
    return attacks.values().stream()
        .filter(attack -> members.getOrDefault(attack.attack(), 0) == 1)
        .map(AttackLabel::principal)
        .toList();
  }
}
