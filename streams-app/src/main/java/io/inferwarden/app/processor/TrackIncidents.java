package io.inferwarden.app.processor;

import io.inferwarden.alerting.Finding;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.feed.IncidentLedger;
import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Findings about the same subject become one incident. */
final class TrackIncidents implements Processor<String, Finding, String, Incident> {
  private final AppMetrics metrics;
  private final IncidentLedger ledger;
  private ProcessorContext<String, Incident> context;
  private ObjectStore<Incident> incidents;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  TrackIncidents(DetectionSettings settings, AppMetrics metrics) {
    this.metrics = metrics;
    this.ledger = new IncidentLedger(settings.quietPeriod(), IncidentLedger.DEFAULT_COOLDOWN);
  }

  @Override
  public void init(ProcessorContext<String, Incident> processorContext) {
    context = processorContext;
    incidents = context.getStateStore(Stores.INCIDENTS);
  }

  @Override
  public void process(Record<String, Finding> record) {
    Finding finding = record.value();
    ObjectStore<Incident>.Slot slot = incidents.slot(IncidentLedger.key(finding));
    for (Incident incident : ledger.hear(slot.value(), finding)) {
      slot.set(incident);
      if (incident.revision() == 1) {
        metrics.incidentsOpened.labels(incident.kind().code()).inc();
      }
      forward(incident, record.timestamp());
    }
  }

  private void forward(Incident incident, long timestamp) {
    context.forward(new Record<>(incident.subject(), incident, timestamp), Nodes.INCIDENTS);
  }
}
