package io.inferwarden.ingest.source.otlp;

import io.inferwarden.ingest.RejectedEvent;
import io.inferwarden.ingest.RejectedEvent.Reason;
import io.inferwarden.ingest.source.MalformedPayloadException;
import io.inferwarden.ingest.source.Payload;
import io.inferwarden.ingest.source.RawEvents;
import java.util.List;

/** Goes through the records of one body, whatever it is encoded in. */
final class RecordReader {
  /** A long conversation with all its texts is below this; it bounds what one record costs. */
  static final int MAXIMUM_RECORD_BYTES = 4 << 20;

  /** A resource counts again with each of its records; those in use take a few hundred bytes. */
  static final int MAXIMUM_RESOURCE_BYTES = 64 << 10;

  private static final Encoding PROTOBUF = new ProtobufEncoding();
  private static final Encoding JSON = new JsonEncoding();

  private final Signal signal;
  private final byte[] body;
  private final Encoding encoding;

  RecordReader(Signal signal, Payload payload) throws MalformedPayloadException {
    this.signal = signal;
    this.body = payload.body();
    this.encoding = encoding(payload);
  }

  /** Takes one record. */
  interface RecordConsumer {
    void take(String place, Encoding encoding, Slice bytes, Attributes resource)
        throws UnreadableRecordException;

    void rejected(String place, RejectedEvent why);
  }

  void read(RecordConsumer consumer) throws MalformedPayloadException {
    Slice described = Slice.NOTHING;
    Attributes resource = Attributes.NONE;
    UnreadableRecordException unreadableResource = null;
    for (LocatedRecord record : encoding.locate(body, signal)) {
      String place = record.place(signal);
      // Records of one resource follow each other: it is read once, whether it can be or not.
      if (!record.resourceBytes().equals(described)) {
        described = record.resourceBytes();
        try {
          resource = resource(described);
          unreadableResource = null;
        } catch (UnreadableRecordException unreadable) {
          unreadableResource = unreadable;
        }
      }
      if (unreadableResource == null) {
        read(record, place, resource, consumer);
      } else {
        consumer.rejected(place, unreadableResource.why());
      }
    }
  }

  private void read(
      LocatedRecord record, String place, Attributes resource, RecordConsumer consumer) {
    try {
      check(record.bytes(), signal.word(), MAXIMUM_RECORD_BYTES);
      consumer.take(place, encoding, record.bytes(), resource);
    } catch (UnreadableRecordException unreadable) {
      consumer.rejected(place, unreadable.why());
    }
  }

  private Attributes resource(Slice slice) throws UnreadableRecordException {
    check(slice, "resource", MAXIMUM_RESOURCE_BYTES);
    return encoding.resource(body, slice);
  }

  byte[] body() {
    return body;
  }

  private static void check(Slice slice, String word, int maximumBytes)
      throws UnreadableRecordException {
    if (slice.length() > maximumBytes) {
      String limit = "expected a " + word + " of at most " + maximumBytes + " bytes";
      throw new UnreadableRecordException(
          Reason.TOO_LARGE, "", limit + ", found " + slice.length());
    }
  }

  /** As the sender says; a record of a topic, which says nothing, shows it by its first byte. */
  private static Encoding encoding(Payload payload) throws MalformedPayloadException {
    return switch (payload.contentType()) {
      case "application/x-protobuf", "application/protobuf" -> PROTOBUF;
      case "application/json" -> JSON;
      case "", "application/octet-stream" -> startsLikeJson(payload.body()) ? JSON : PROTOBUF;
      default ->
          throw new MalformedPayloadException(
              "expected application/x-protobuf or application/json, found another media type");
    };
  }

  /** White space would not do: a line feed is how every OTLP body in protobuf begins. */
  private static boolean startsLikeJson(byte[] body) {
    return body.length > 0 && body[0] == '{';
  }

  /** Hands out what was found, in the order in which it was sent. */
  static void deliver(List<Finding> findings, RawEvents found) {
    for (Finding finding : findings) {
      if (finding.event() != null) {
        byte[] json = EventBytes.of(finding.event());
        found.event(finding.place(), json, 0, json.length);
      } else if (finding.rejected() != null) {
        found.rejected(finding.place(), finding.rejected());
      } else {
        found.skipped(finding.place());
      }
    }
  }
}
