package io.inferwarden.ingest.collector;

import io.inferwarden.ingest.EventJsonWriter;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.door.Client;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.JoiningSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way from a payload to the log, the same for every format and for HTTP and topics: what the
 * source finds goes through a door, and what is admitted is appended, all or none. Every event that
 * a source hands over is counted as received, and once with what became of it. Thread-safe.
 */
public final class EventIntake {
  private final Supplier<? extends EventDoor> doors;
  private final EventLog log;
  private final CollectorMetrics metrics;
  private final EventJsonWriter writer = new EventJsonWriter();

  /** Doors that nobody uses: never more than there are threads that admit at the same time. */
  private final ConcurrentLinkedQueue<Entrance> free = new ConcurrentLinkedQueue<>();

  private record Entrance(EventDoor door, InferenceEvent event) {}

  /**
   * The way to a log.
   *
   * @param doors makes one whenever more threads than before admit events at the same time
   */
  public EventIntake(Supplier<? extends EventDoor> doors, EventLog log, CollectorMetrics metrics) {
    this.doors = doors;
    this.log = log;
    this.metrics = metrics;
  }

  /**
   * Reads a payload and leads its events through the door; nothing is written yet. Who calls it
   * calls {@link #append} or {@link #dropOverQuota} next.
   *
   * @throws TooManyEventsException when it holds more than memory is meant to
   * @throws MalformedPayloadException when nothing in it can be read
   */
  public Admission admit(EventSource source, Payload payload, Client client)
      throws MalformedPayloadException {
    try {
      Admission admission =
          admit(
              source.name(),
              client,
              payload.receivedAtMillis(),
              Admission.MOST_BYTES,
              found -> source.read(payload, found));
      if (admission.isTooMuch()) {
        throw new TooManyEventsException();
      }
      metrics.countReceived(admission);
      return admission;
    } catch (MalformedPayloadException malformed) {
      metrics.countMalformed(source.name());
      throw malformed;
    }
  }

  /**
   * Leads through the door what a source gives up waiting for.
   *
   * @param expiredAtMillis halves whose time was over then; {@link Long#MAX_VALUE} for all
   * @param nowMillis the present, since the epoch
   */
  public Admission release(
      JoiningSource source, Client client, long expiredAtMillis, long nowMillis) {
    // All of it was acknowledged, so that all has to go, however much it is.
    Admission admission =
        admit(
            source.name(),
            client,
            nowMillis,
            Long.MAX_VALUE,
            found -> source.release(expiredAtMillis, found));
    metrics.countReceived(admission);
    return admission;
  }

  /** Writes what was admitted; completes when it is safe. */
  public CompletableFuture<Void> append(Admission admission) {
    if (admission.admitted().isEmpty()) {
      metrics.countRest(admission);
      return CompletableFuture.completedFuture(null);
    }
    return log.append(admission.admitted())
        .whenComplete(
            (nothing, failure) -> {
              countAdmitted(admission, failure);
              metrics.countRest(admission);
            });
  }

  /** Lets go of what was admitted, since its sender has sent too much. */
  public void dropOverQuota(Admission admission) {
    metrics.countAdmitted(admission, CollectorMetrics.OVER_QUOTA);
    metrics.countRest(admission);
  }

  /** Writes once more what could not be written before; counted as if it came again. */
  public CompletableFuture<Void> appendAgain(Admission admission) {
    metrics.countReceivedAgain(admission);
    return log.append(admission.admitted())
        .whenComplete((nothing, failure) -> countAdmitted(admission, failure));
  }

  private void countAdmitted(Admission admission, @Nullable Throwable failure) {
    metrics.countAdmitted(
        admission, failure == null ? CollectorMetrics.ACCEPTED : CollectorMetrics.UNAVAILABLE);
  }

  EventLog log() {
    return log;
  }

  CollectorMetrics metrics() {
    return metrics;
  }

  private interface Finder<E extends Exception> {
    void findInto(RawEvents found) throws E;
  }

  private <E extends Exception> Admission admit(
      String source, Client client, long receivedAtMillis, long mostBytes, Finder<E> finder)
      throws E {
    Entrance entrance = free.poll();
    if (entrance == null) {
      entrance = new Entrance(doors.get(), new InferenceEvent());
    }
    Admission admission =
        new Admission(
            source, client, receivedAtMillis, entrance.door, writer, entrance.event, mostBytes);
    try {
      finder.findInto(admission);
    } catch (RuntimeException unforeseen) {
      // An entrance that something unforeseen came out of is not used again.
      throw unforeseen;
    } catch (Exception malformed) {
      free.add(entrance);
      throw malformed;
    }
    free.add(entrance);
    return admission;
  }
}
