package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.feed.IncidentAction;
import io.inferwarden.alerting.feed.IncidentLedger;
import io.inferwarden.app.alert.OpenIncidents;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Findings about the same subject become one incident; what people do to it and the passing of
 * event time change it. Time passes only as far as anything was seen, so that an outage of all
 * events resolves nothing.
 */
final class TrackIncidents implements Processor<String, Object, String, Incident> {
  /**
   * How much event time must have passed beyond the quiet period: findings may be told that much
   * later than the time that has come.
   */
  private static final long GRACE_MILLIS = Duration.ofHours(1).toMillis();

  /** How long a resolved incident is kept here, event time; the feed keeps it for longer. */
  private static final long KEPT_MILLIS = Duration.ofDays(7).toMillis();

  private static final String SINK = "sink:";

  private final Set<String> sinks;
  private final AppMetrics metrics;
  private final IncidentLedger ledger;
  private ProcessorContext<String, Incident> context;
  private final CommitPace.Threads threads;
  private CommitPace pace;
  private ObjectStore<Incident> incidents;
  private OpenIncidents open;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  TrackIncidents(
      DetectionSettings settings,
      Set<String> sinks,
      AppMetrics metrics,
      CommitPace.Threads threads) {
    this.threads = threads;
    this.sinks = Set.copyOf(sinks);
    this.metrics = metrics;
    this.ledger = new IncidentLedger(settings.quietPeriod(), settings.cooldown());
  }

  @Override
  public void init(ProcessorContext<String, Incident> processorContext) {
    context = processorContext;
    pace = new CommitPace(context, threads);
    incidents = context.getStateStore(Stores.INCIDENTS);
    open = context.getStateStore(Stores.OPEN_INCIDENTS);
  }

  @Override
  public void process(Record<String, Object> record) {
    Object message = record.value();
    if (message instanceof Finding finding) {
      hear(finding);
    } else if (message instanceof IncidentAction.Acknowledge acknowledge) {
      acknowledge(acknowledge);
    } else if (message instanceof IncidentAction.Judge judge) {
      judge(judge);
    } else if (message instanceof IncidentAction.Tell tell) {
      tell(tell.incident());
    } else if (message instanceof IncidentAction.Moment moment) {
      pass(moment.eventTimeMillis());
    }
  }

  private void hear(Finding finding) {
    ObjectStore<Incident>.Slot slot = incidents.slot(IncidentLedger.key(finding));
    for (Incident incident : ledger.hear(slot.value(), finding)) {
      if (incident.revision() == 1) {
        metrics.countOpened(incident.kind().code(), incident.model());
      }
      publish(slot, incident);
    }
  }

  private void acknowledge(IncidentAction.Acknowledge action) {
    Incident current = incidents.get(action.ledgerKey());
    if (current != null && current.id().equals(action.incidentId())) {
      publishNews(
          incidents.slot(action.ledgerKey()),
          ledger.acknowledge(current, action.acknowledgement()));
    }
  }

  /** A verdict counts whenever it comes, also about an incident that is long over. */
  private void judge(IncidentAction.Judge action) {
    String key = IncidentLedger.key(action.incident());
    Incident current = incidents.get(key);
    metrics
        .incidentVerdicts
        .labels(action.incident().kind().code(), action.judgement().verdict().code())
        .inc();
    if (current != null && current.id().equals(action.incident().id())) {
      publish(incidents.slot(key), ledger.judge(current, action.judgement()));
    } else {
      forward(ledger.judge(ledger.resolve(action.incident()), action.judgement()));
    }
  }

  /** Incidents about the platform's own alerts: a sink that fails is told once, and once over. */
  private void tell(Incident incident) {
    if (incident.kind() != IncidentKind.DELIVERY_FAILING) {
      forward(incident);
      enterInBook(over(incident)); // a test is over when it is told; nobody would ever end it
      return;
    }
    ObjectStore<Incident>.Slot slot = incidents.slot(IncidentLedger.key(incident));
    Incident current = slot.value();
    boolean isKnown = current != null && current.isOpen();
    if (incident.isOpen() && !isKnown) {
      publish(slot, incident);
    } else if (!incident.isOpen() && current != null && current.isOpen()) {
      publish(
          slot,
          current.next(incident.state(), current.handling().resolved(incident.lastSeenAtMillis())));
    }
  }

  private static Incident over(Incident incident) {
    return incident.next(
        IncidentState.RESOLVED, incident.handling().resolved(incident.lastSeenAtMillis()));
  }

  /** Resolves what is over by then, and forgets what has been over for long. */
  private void pass(long eventTimeMillis) {
    List<Incident> over = new ArrayList<>();
    List<Incident> forgotten = new ArrayList<>();
    incidents.forEach(
        incident -> {
          if (incident.kind().isOfDelivery()) {
            if (incident.isOpen() && isOfNoSink(incident)) {
              over.add(incident);
            }
            return; // its time is the clock's, not that of events
          }
          if (incident.isOpen() && ledger.isOver(incident, eventTimeMillis - GRACE_MILLIS)) {
            over.add(incident);
          } else if (!incident.isOpen() && ledger.isOver(incident, eventTimeMillis - KEPT_MILLIS)) {
            forgotten.add(incident);
          }
        });
    over.sort(Comparator.comparing(Incident::id));
    for (Incident incident : over) {
      ObjectStore<Incident>.Slot slot = incidents.slot(IncidentLedger.key(incident));
      if (incident.kind().isOfDelivery()) {
        publish(slot, over(incident));
      } else {
        publishNews(slot, open.isSilent(incident) ? blinded(incident) : ledger.resolve(incident));
      }
    }
    forgotten.forEach(incident -> incidents.delete(IncidentLedger.key(incident)));
  }

  /** A sink that was taken out of the configuration fails no more. */
  private boolean isOfNoSink(Incident incident) {
    String subject = incident.subject();
    return subject.startsWith(SINK)
        && sinks.stream().noneMatch(sink -> subject.equals(SINK + sink));
  }

  private @Nullable Incident blinded(Incident incident) {
    Incident blind = ledger.blind(incident);
    return blind.revision() == incident.revision() ? null : blind;
  }

  private void publishNews(ObjectStore<Incident>.Slot slot, @Nullable Incident news) {
    if (news != null) {
      publish(slot, news);
    }
  }

  private void publish(ObjectStore<Incident>.Slot slot, Incident incident) {
    slot.set(incident);
    forward(incident);
  }

  private void forward(Incident incident) {
    enterInBook(incident);
    context.forward(
        new Record<>(incident.subject(), incident, context.currentSystemTimeMs()),
        Nodes.ROUTE_INCIDENTS);
    pace.found();
  }

  private void enterInBook(Incident incident) {
    long now = context.currentSystemTimeMs();
    context.forward(new Record<>(incident.subject(), incident, now), Nodes.INCIDENTS);
    context.forward(new Record<>(incident.id(), incident, now), Nodes.INCIDENT_BOOK);
  }
}
