package io.inferwarden.app.processor;

import io.inferwarden.app.metrics.AppMetrics;
import io.inferwarden.app.names.Nodes;
import io.inferwarden.app.names.Stores;
import io.inferwarden.app.settings.DetectionSettings;
import io.inferwarden.app.state.ObjectStore;
import io.inferwarden.ingest.DeadLetter;
import io.inferwarden.ingest.DuplicateWindow;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Bytes become an event, or a dead letter with its reason. An id that came within the dedup window
 * is a dead letter.
 */
final class ReadEvents {
  private final DetectionSettings settings;
  private final AppMetrics metrics;
  private final AwaitBaseline next;
  private final EventReading reading;
  private ProcessorContext<String, Object> context;
  private RememberedIds ids;

  @SuppressWarnings("NullAway.Init") // init is called before anything else
  ReadEvents(
      DetectionSettings settings, AppMetrics metrics, EventReading reading, AwaitBaseline next) {
    this.reading = reading;
    this.settings = settings;
    this.metrics = metrics;
    this.next = next;
  }

  void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    ObjectStore<IdSegment> store = processorContext.getStateStore(Stores.EVENT_IDS);
    ids = new RememberedIds(store, settings.duplicateWindow(), settings.maximumIds());
  }

  void read(Record<byte[], byte[]> record) {
    metrics.eventsReceived.inc();
    byte[] json = record.value() == null ? new byte[0] : record.value();
    RejectedEvent rejected = reading.read(json, context.currentSystemTimeMs());
    InferenceEvent event = reading.event();
    if (rejected == null) {
      rejected = duplicate(event);
    }
    if (rejected == null) {
      metrics.eventsProcessed.inc();
      next.hear(event, record.timestamp());
    } else {
      metrics.eventsRejected.labels(rejected.reason().code()).inc();
      context.forward(
          new Record<>("", deadLetter(rejected, json), record.timestamp()), Nodes.DEAD_LETTERS);
    }
  }

  private @Nullable RejectedEvent duplicate(InferenceEvent event) {
    String id = event.id();
    boolean seen = id != null && ids.isDuplicate(DuplicateWindow.hash(id), event.timeMillis());
    return seen && id != null ? RejectedEvent.duplicateId(id) : null;
  }

  private byte[] deadLetter(RejectedEvent rejected, byte[] payload) {
    String source =
        context
            .recordMetadata()
            .map(where -> where.topic() + "/" + where.partition() + "/" + where.offset())
            .orElse("unknown");
    return DeadLetter.of(
            rejected, source, context.currentSystemTimeMs(), payload, 0, payload.length)
        .toJson();
  }
}
