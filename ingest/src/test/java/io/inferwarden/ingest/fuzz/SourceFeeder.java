package io.inferwarden.ingest.fuzz;

import io.inferwarden.ingest.EventParser;
import io.inferwarden.ingest.InferenceEvent;
import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.source.EventSource;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.RawEvents;
import java.util.function.Consumer;

/** Gives messages to a source, and what it finds to the parser behind the door. */
final class SourceFeeder implements FuzzTarget.Feeder {
  private final EventSource source;
  private final EventParser parser = new EventParser();
  private final InferenceEvent event = new InferenceEvent();

  SourceFeeder(EventSource source) {
    this.source = source;
  }

  @Override
  public void feed(byte[] input, Consumer<String> outcomes) {
    try {
      source.read(Message.read(input), judging(outcomes));
    } catch (MalformedPayloadException malformed) {
      outcomes.accept("malformed " + kind(malformed));
    }
  }

  /** Takes what a source finds. */
  RawEvents judging(Consumer<String> outcomes) {
    return new RawEvents() {
      @Override
      public void event(String place, byte[] json, int offset, int length) {
        requirePlace(place);
        RejectedEvent why = parser.parse(json, offset, length, Message.RECEIVED_AT_MILLIS, event);
        outcomes.accept(why == null ? "event" : "not an event " + checked(why));
      }

      @Override
      public void rejected(String place, RejectedEvent why) {
        requirePlace(place);
        outcomes.accept("rejected " + checked(why));
      }

      @Override
      public void skipped(String place) {
        requirePlace(place);
        outcomes.accept("skipped");
      }

      @Override
      public void held(String place) {
        requirePlace(place);
        outcomes.accept("held");
      }
    };
  }

  /** A rejection that is no defect of the parser. */
  static RejectedEvent checked(RejectedEvent why) {
    if (why.message().isEmpty() || why.message().contains("the parser failed")) {
      throw new AssertionError("a rejection must say what is wrong, said: " + why.message());
    }
    return why;
  }

  private static void requirePlace(String place) {
    if (place.isBlank()) {
      throw new AssertionError("a place must not be blank");
    }
  }

  /** The message without what it found and where. */
  private static String kind(MalformedPayloadException malformed) {
    String message = malformed.getMessage();
    if (message == null || message.isBlank()) {
      throw new AssertionError("a malformed payload must say what is wrong", malformed);
    }
    int found = message.indexOf(", found");
    return (found < 0 ? message : message.substring(0, found)).replaceAll("\\d+", "N");
  }
}
