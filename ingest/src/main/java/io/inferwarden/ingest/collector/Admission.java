package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.EventJsonWriter;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.RejectedEvent.Reason;
import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.source.RawEvents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What became of the events of one request, or of one record of a topic, on their way through the
 * door. Every one that the source handed over is admitted, rejected, skipped or held.
 */
public final class Admission implements RawEvents {
  /** How many rejections are described; the others are only counted. */
  public static final int MOST_DESCRIBED = 100;

  /** What the events of one payload take in memory at most: as much as waits for Kafka at most. */
  static final long MOST_BYTES = 64L << 20;

  private final String source;
  private final Client client;
  private final long receivedAtMillis;
  private final EventDoor door;
  private final EventJsonWriter writer;
  private final InferenceEvent event;
  private final long mostBytes;

  private final List<AdmittedEvent> admitted = new ArrayList<>();
  private final List<PlacedRejection> described = new ArrayList<>();
  private final Map<Reason, Integer> rejectedByReason = new EnumMap<>(Reason.class);
  private int rejected;
  private int skipped;
  private int held;
  private long bytes;
  private boolean isTooMuch;

  Admission(
      String source,
      Client client,
      long receivedAtMillis,
      EventDoor door,
      EventJsonWriter writer,
      InferenceEvent event,
      long mostBytes) {
    this.source = source;
    this.client = client;
    this.receivedAtMillis = receivedAtMillis;
    this.door = door;
    this.writer = writer;
    this.event = event;
    this.mostBytes = mostBytes;
  }

  @Override
  public void event(String place, byte[] json, int offset, int length) {
    if (isTooMuch) {
      return;
    }
    RejectedEvent refusal = door.admit(json, offset, length, client, receivedAtMillis, event);
    if (refusal != null) {
      rejected(place, refusal);
      return;
    }
    AdmittedEvent added =
        new AdmittedEvent(
            event.principal(),
            writer.write(event),
            door.auditEntry(source, receivedAtMillis),
            door.keptText());
    admitted.add(added);
    bytes += added.bytes();
    if (bytes > mostBytes) {
      isTooMuch = true;
      admitted.clear();
    }
  }

  @Override
  public void rejected(String place, RejectedEvent why) {
    rejected++;
    rejectedByReason.merge(why.reason(), 1, Integer::sum);
    if (described.size() < MOST_DESCRIBED) {
      described.add(new PlacedRejection(place, why));
    }
  }

  @Override
  public void skipped(String place) {
    skipped++;
  }

  @Override
  public void held(String place) {
    held++;
  }

  /** The format's name. */
  public String source() {
    return source;
  }

  /** What is to be written, in the order in which it was sent. */
  public List<AdmittedEvent> admitted() {
    return Collections.unmodifiableList(admitted);
  }

  /** The first rejections, at most {@value #MOST_DESCRIBED}. */
  public List<PlacedRejection> described() {
    return Collections.unmodifiableList(described);
  }

  public int rejected() {
    return rejected;
  }

  /** How many were rejected for this reason. */
  public int rejected(Reason reason) {
    return rejectedByReason.getOrDefault(reason, 0);
  }

  public int skipped() {
    return skipped;
  }

  public int held() {
    return held;
  }

  /** About what the admitted events take in memory. */
  public long bytes() {
    return bytes;
  }

  /** Whether there were more than memory is meant to hold: then none is admitted. */
  boolean isTooMuch() {
    return isTooMuch;
  }
}
