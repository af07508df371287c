package io.inferwarden.ingest.source.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.ingest.source.JoiningSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;
import io.inferwarden.ingest.source.json.JsonElements;
import io.inferwarden.ingest.source.json.JsonTrees;
import io.inferwarden.ingest.source.json.RejectedJsonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents of KServe's inference logger: binary, structured, and batches of structured ones.
 * Request and response are joined on the event's id within a time limit; what stays alone becomes
 * an event of half the content. Halves that wait hold raw text, in memory only.
 */
public final class KServeSource implements JoiningSource {
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";

  private final CallEvents events;
  private final HalfJoiner joiner;

  public KServeSource(KServeSettings settings) {
    this.events = new CallEvents(settings);
    this.joiner = new HalfJoiner(settings);
  }

  @Override
  public String name() {
    return "kserve";
  }

  @Override
  public void read(Payload payload, RawEvents found) throws MalformedPayloadException {
    boolean isStructured =
        payload.contentType().equals(STRUCTURED) || payload.contentType().equals(BATCH);
    if (!isStructured && CloudEvents.isBinary(payload)) {
      readBinary(payload, found);
    } else {
      JsonElements.read(
          payload.body(),
          (place, json, offset, length) -> {
            try {
              JsonNode event = JsonTrees.readObject(json, offset, length);
              take(CloudEvents.structured(event, payload.receivedAtMillis()), place, found);
            } catch (RejectedJsonException rejected) {
              found.rejected(place, rejected.why());
            }
          });
    }
  }

  private void readBinary(Payload payload, RawEvents found) throws MalformedPayloadException {
    try {
      take(CloudEvents.binary(payload), "item 1", found);
    } catch (RejectedJsonException rejected) {
      throw new MalformedPayloadException(rejected.why().message(), rejected);
    }
  }

  @Override
  public void release(long nowMillis, RawEvents found) {
    for (Half half : joiner.release(nowMillis)) {
      giveAlone(half, found);
    }
  }

  @Override
  public int held() {
    return joiner.held();
  }

  @Override
  public long unmatched() {
    return joiner.unmatched();
  }

  private void take(@Nullable Half half, String place, RawEvents found)
      throws RejectedJsonException {
    if (half == null) {
      found.skipped(place);
      return;
    }
    JsonNode body = JsonTrees.readObject(half.body(), 0, half.body().length);
    List<Half> evicted = new ArrayList<>();
    HalfJoiner.Outcome outcome = joiner.add(half, evicted);
    for (Half earlier : evicted) {
      giveAlone(earlier, found);
    }
    Half other = outcome.other();
    if (outcome.isHeld()) {
      found.held(place);
    } else if (other == null) {
      events.give(new Call(half, body), place, found);
    } else {
      events.give(new Call(half, body).with(other, tree(other)), place, found);
    }
  }

  private void giveAlone(Half half, RawEvents found) {
    String place = half.isRequest() ? "earlier request" : "earlier response";
    events.give(new Call(half, tree(half)), place, found);
  }

  /** The body of a half, which could be read when it came. */
  private static JsonNode tree(Half half) {
    try {
      return JsonTrees.readObject(half.body(), 0, half.body().length);
    } catch (RejectedJsonException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
