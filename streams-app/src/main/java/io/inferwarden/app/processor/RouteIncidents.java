package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentId;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.outbox.Delivery;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.outbox.Occasion;
import io.inferwarden.alerting.outbox.Outcome;
import io.inferwarden.alerting.route.Destination;
import io.inferwarden.alerting.route.Hold;
import io.inferwarden.app.alert.AlertRouting;
import io.inferwarden.app.alert.OpenIncidents;
import io.inferwarden.app.alert.Silences;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.processor.RoutedIncident.Told;
import io.inferwarden.app.state.ObjectStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Decides who is told of an incident, and puts it into the outbox. The end of an incident is told
 * to those, and only those, who were told that it began; who was to be told and was not, since
 * somebody had asked for silence, is told when the silence ends before the incident does; so is who
 * was told that it began, and not what came after.
 */
final class RouteIncidents implements Processor<String, Incident, String, Object> {
  static final Duration LOOK_AFTER = Duration.ofSeconds(1);

  /** How often a receiver that forgets is told again. */
  static final Duration REFRESH = Duration.ofSeconds(60);

  /** For how long after the end it is told again that an incident is over. */
  static final Duration REFRESHED_AFTER_END = Duration.ofMinutes(5);

  private static final String WATCHDOG = "watchdog:inferwarden";

  private final AlertRouting routing;
  private ProcessorContext<String, Object> context;
  private ObjectStore<RoutedIncident> routed;
  private OpenIncidents open;
  private Silences silences;
  private long watchdogSlot = -1;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  RouteIncidents(AlertRouting routing) {
    this.routing = routing;
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    routed = context.getStateStore(Stores.ROUTED_INCIDENTS);
    open = context.getStateStore(Stores.OPEN_INCIDENTS);
    silences = context.getStateStore(Stores.SILENCES);
    if (routing.hasSinks()) {
      context.schedule(LOOK_AFTER, PunctuationType.WALL_CLOCK_TIME, this::lookAfter);
    }
  }

  @Override
  public void process(Record<String, Incident> record) {
    if (routing.hasSinks()) {
      hear(record.value());
    }
  }

  private void hear(Incident incident) {
    long now = context.currentSystemTimeMs();
    if (incident.kind() == IncidentKind.TEST) {
      if (incident.isOpen()) { // nobody is reminded of a test, nor told that it is over
        tellOnce(incident, now);
      }
      return;
    }
    ObjectStore<RoutedIncident>.Slot slot = routed.slot(incident.id());
    RoutedIncident known = slot.value();
    RoutedIncident about = known == null ? new RoutedIncident(incident) : known;
    about.incident = incident;
    about.overSinceMillis = incident.isOpen() ? RoutedIncident.NOT_OVER : now;
    slot.set(about);
    if (!incident.isOpen() && incident.change() == IncidentChange.UPDATED) {
      return; // it was judged false or benign, and more of the same is counted in silence
    }
    Set<String> reached = new HashSet<>();
    for (Destination destination : routesOf(incident, now)) {
      reached.add(destination.sink());
      tell(about, destination, now);
    }
    if (isTellingAll(incident)) {
      about.told.forEach(
          (sink, told) -> {
            if (!told.held() && !reached.contains(sink)) {
              send(Notification.ofChange(incident, sink, told.route(), now));
            }
          });
    }
    forgetIfOver(slot, now);
  }

  private List<Destination> routesOf(Incident incident, long nowMillis) {
    return routing.tree().route(incident, nowMillis, silences.activeAt(nowMillis), open.all());
  }

  /**
   * Whoever was told of an incident hears that it is over or in good hands, whatever the routes.
   */
  private static boolean isTellingAll(Incident incident) {
    return !incident.isOpen() || incident.change() == IncidentChange.ACKNOWLEDGED;
  }

  private void tell(RoutedIncident about, Destination destination, long nowMillis) {
    Incident incident = about.incident;
    String sink = destination.sink();
    boolean wasTold = about.isTold(sink);
    if (!incident.isOpen() && !wasTold && !incident.kind().isOfDelivery()) {
      return; // who never heard that it began need not hear that it is over
    }
    Optional<Hold> hold = destination.hold();
    if (hold.isEmpty() || (wasTold && isTellingAll(incident))) {
      about.told.put(sink, Told.of(destination, nowMillis).asTold());
      send(notificationOf(incident, destination, nowMillis));
    } else {
      about.told.merge(
          sink,
          Told.of(destination, nowMillis),
          (known, held) -> known.held() ? held : known.missing());
      holdBack(notificationOf(incident, destination, nowMillis), hold.get(), nowMillis);
    }
  }

  private static Notification notificationOf(
      Incident incident, Destination destination, long nowMillis) {
    return new Notification(
        Notification.changeId(incident),
        destination.sink(),
        destination.route(),
        Occasion.CHANGE,
        destination.group(),
        destination.groupWaitMillis(),
        nowMillis,
        incident);
  }

  private void lookAfter(long nowMillis) {
    for (String id : routed.sortedKeys()) {
      ObjectStore<RoutedIncident>.Slot slot = routed.slot(id);
      RoutedIncident about = slot.value();
      if (about != null && lookAfter(about, nowMillis)) {
        slot.changed();
      }
      forgetIfOver(slot, nowMillis);
    }
    watch(nowMillis);
  }

  /** Tells again who is to be told again; true when anything was told. */
  private boolean lookAfter(RoutedIncident about, long nowMillis) {
    boolean isChanged = false;
    for (Map.Entry<String, Told> one : about.told.entrySet()) {
      String sink = one.getKey();
      Told told = one.getValue();
      long sinceMillis = nowMillis - told.lastMillis();
      boolean isOwed = about.incident.isOpen() && (told.held() || told.missed());
      if (isOwed && tellAfterSilence(about, one, nowMillis)) {
        isChanged = true;
      } else if (!told.held() && routing.isRefreshed(sink) && sinceMillis >= REFRESH.toMillis()) {
        one.setValue(told.at(nowMillis));
        send(again(about.incident, sink, told, Occasion.REFRESH, nowMillis));
        isChanged = true;
      } else if (!told.held() && isToBeReminded(about.incident, told, sinceMillis)) {
        one.setValue(told.at(nowMillis));
        remind(about.incident, sink, told, nowMillis);
        isChanged = true;
      }
    }
    return isChanged;
  }

  private boolean tellAfterSilence(
      RoutedIncident about, Map.Entry<String, Told> one, long nowMillis) {
    for (Destination destination : routesOf(about.incident, nowMillis)) {
      if (destination.sink().equals(one.getKey()) && destination.hold().isEmpty()) {
        one.setValue(Told.of(destination, nowMillis));
        send(notificationOf(about.incident, destination, nowMillis));
        return true;
      }
    }
    return false;
  }

  private static boolean isToBeReminded(Incident incident, Told told, long sinceMillis) {
    return told.repeatMillis() > 0
        && incident.state() == IncidentState.OPEN
        && sinceMillis >= told.repeatMillis();
  }

  /** Reminds a sink, unless somebody has asked for silence meanwhile. */
  private void remind(Incident incident, String sink, Told told, long nowMillis) {
    Notification reminder = again(incident, sink, told, Occasion.REMINDER, nowMillis);
    Optional<Hold> hold =
        routesOf(incident, nowMillis).stream()
            .filter(destination -> destination.sink().equals(sink))
            .flatMap(destination -> destination.hold().stream())
            .findFirst();
    if (hold.isPresent()) {
      holdBack(reminder, hold.get(), nowMillis);
    } else {
      send(reminder);
    }
  }

  private static Notification again(
      Incident incident, String sink, Told told, Occasion occasion, long nowMillis) {
    // One entry of the ledger stands for all refreshes of a revision, of which there is one a
    // minute
    String which = occasion == Occasion.REFRESH ? "refresh" : Long.toString(nowMillis / 1000);
    return new Notification(
        Notification.changeId(incident) + "_" + which,
        sink,
        told.route(),
        occasion,
        "",
        0,
        nowMillis,
        incident);
  }

  private void forgetIfOver(ObjectStore<RoutedIncident>.Slot slot, long nowMillis) {
    RoutedIncident about = slot.value();
    if (about == null || about.overSinceMillis == RoutedIncident.NOT_OVER) {
      return;
    }
    boolean isRefreshed =
        about.told.keySet().stream().anyMatch(sink -> routing.isRefreshed(sink))
            && nowMillis - about.overSinceMillis < REFRESHED_AFTER_END.toMillis();
    if (!isRefreshed) {
      routed.delete(about.incident.id());
    }
  }

  /** One task of all tells the watchdog, always as the same incident. */
  private void watch(long nowMillis) {
    Optional<Duration> interval = routing.watchdog();
    if (interval.isEmpty() || context.taskId().partition() != 0) {
      return;
    }
    long slot = nowMillis / interval.get().toMillis();
    if (slot == watchdogSlot) {
      return;
    }
    watchdogSlot = slot;
    tellOnce(watchdogOf(nowMillis), nowMillis);
  }

  private void tellOnce(Incident incident, long nowMillis) {
    for (Destination destination : routesOf(incident, nowMillis)) {
      send(notificationOf(incident, destination, nowMillis));
    }
  }

  private static Incident watchdogOf(long nowMillis) {
    IncidentKind kind = IncidentKind.WATCHDOG;
    return new Incident(
        IncidentId.of(WATCHDOG, Finding.ANY_MODEL, kind, 0),
        nowMillis / 1000,
        IncidentState.OPEN,
        Handling.OPENED.told(IncidentChange.UPDATED),
        WATCHDOG,
        Finding.ANY_MODEL,
        "",
        kind,
        kind.severity(),
        nowMillis,
        nowMillis,
        nowMillis,
        1,
        0,
        0,
        io.inferwarden.alerting.Chance.UNKNOWN,
        List.of(),
        List.of(),
        List.of(),
        0,
        kind.title(),
        kind.whatToDo());
  }

  private void send(Notification notification) {
    context.forward(
        new Record<>(notification.key(), notification, context.currentSystemTimeMs()),
        Nodes.NOTIFICATIONS);
  }

  private void holdBack(Notification notification, Hold hold, long nowMillis) {
    Delivery entry =
        Delivery.of(
            notification, Outcome.SILENCED, hold.because(), List.of(), 0, nowMillis, Delivery.NONE);
    routing.countSilenced(notification.sink());
    context.forward(new Record<>(entry.key(), entry, nowMillis), Nodes.DELIVERIES);
  }
}
