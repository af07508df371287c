package io.inferwarden.ingest.source.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.inferwarden.ingest.source.MalformedPayloadException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Walks one JSON body and notes where its records are, without making objects of them. */
final class JsonWalk {
  private static final String[] OTHER_SIGNALS = {
    "resourceSpans", "resourceLogs", "resourceMetrics", "resourceProfiles"
  };
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final byte[] body;
  private final Signal signal;
  private final int start;
  private final LocatedRecords records = new LocatedRecords();
  private String otherSignal = "";

  JsonWalk(byte[] body, Signal signal) {
    this.body = body;
    this.signal = signal;
    this.start = startsWithByteOrderMark(body) ? BYTE_ORDER_MARK.length : 0;
  }

  List<LocatedRecord> locate() throws MalformedPayloadException {
    try (JsonParser json = BoundedJson.parser(body, start, body.length - start)) {
      JsonToken first = json.nextToken();
      if (first != JsonToken.START_OBJECT || json.currentLocation().getByteOffset() < 0) {
        throw new MalformedPayloadException(
            "expected an OTLP body, a JSON object in UTF-8, found "
                + (first == null ? "nothing" : "something else"));
      }
      walkRequest(json);
      if (json.nextToken() != null) {
        throw new MalformedPayloadException("expected one JSON object, found more after its end");
      }
    } catch (JsonProcessingException malformed) {
      throw malformed(malformed);
    } catch (IOException malformed) {
      throw new MalformedPayloadException("not JSON: invalid UTF-8");
    }
    if (records.found().isEmpty() && !otherSignal.isEmpty()) {
      throw new MalformedPayloadException(
          "expected " + signal.resources() + ", found " + otherSignal + " (another endpoint?)");
    }
    return records.found();
  }

  private void walkRequest(JsonParser json) throws IOException, MalformedPayloadException {
    Set<String> seen = new HashSet<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals(signal.resources())) {
        refuseTwice(seen, name);
        int index = 0;
        while (nextObject(json, name)) {
          walkResource(json, index++);
        }
      } else {
        noteOtherSignal(name);
        json.skipChildren();
      }
    }
  }

  private void walkResource(JsonParser json, int resource)
      throws IOException, MalformedPayloadException {
    Set<String> seen = new HashSet<>();
    Slice description = Slice.NOTHING;
    List<LocatedRecord> found = new ArrayList<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (name.equals("resource") && token == JsonToken.START_OBJECT) {
        refuseTwice(seen, name);
        description = skipped(json);
      } else if (name.equals(signal.scopes())) {
        refuseTwice(seen, name);
        int scope = 0;
        while (nextObject(json, name)) {
          walkScope(json, resource, scope++, found);
        }
      } else {
        json.skipChildren();
      }
    }
    // The resource may be described behind its records.
    for (LocatedRecord record : found) {
      records.add(
          new LocatedRecord(
              record.resource(), record.scope(), record.index(), description, record.bytes()));
    }
  }

  private void walkScope(JsonParser json, int resource, int scope, List<LocatedRecord> found)
      throws IOException, MalformedPayloadException {
    Set<String> seen = new HashSet<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (!name.equals(signal.records())) {
        json.skipChildren();
        continue;
      }
      refuseTwice(seen, name);
      int index = 0;
      while (nextObject(json, name)) {
        if (found.size() > LocatedRecords.MAXIMUM) {
          throw new MalformedPayloadException(
              "expected at most " + LocatedRecords.MAXIMUM + " records, found more");
        }
        found.add(new LocatedRecord(resource, scope, index++, Slice.NOTHING, skipped(json)));
      }
    }
  }

  /** Moves to the next object of the array that the parser is in; false at its end. */
  private static boolean nextObject(JsonParser json, String array)
      throws IOException, MalformedPayloadException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return false;
    }
    if (token != JsonToken.START_ARRAY && token != JsonToken.END_OBJECT) {
      throw new MalformedPayloadException("expected " + array + " to be an array of objects");
    }
    JsonToken next = json.nextToken();
    if (next != JsonToken.START_OBJECT && next != JsonToken.END_ARRAY) {
      throw new MalformedPayloadException("expected " + array + " to be an array of objects");
    }
    return next == JsonToken.START_OBJECT;
  }

  /** Passes over the object that the parser is at and says where it was. */
  private Slice skipped(JsonParser json) throws IOException {
    long from = json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    long to = json.currentLocation().getByteOffset();
    return new Slice(start + (int) from, (int) (to - from));
  }

  private static void refuseTwice(Set<String> seen, String name) throws MalformedPayloadException {
    if (!seen.add(name)) {
      throw new MalformedPayloadException("expected " + name + " once in its object, found twice");
    }
  }

  private void noteOtherSignal(String name) {
    for (String other : OTHER_SIGNALS) {
      if (name.equals(other)) {
        otherSignal = other;
      }
    }
  }

  /** Says where, and not what: the library's own message may quote what was sent. */
  private static MalformedPayloadException malformed(JsonProcessingException malformed) {
    long at = malformed.getLocation() == null ? -1 : malformed.getLocation().getByteOffset();
    return new MalformedPayloadException(
        "not JSON, too deeply nested, or too long a name or string"
            + (at < 0 ? "" : ", at byte " + at));
  }

  private static boolean startsWithByteOrderMark(byte[] body) {
    return body.length >= 3
        && body[0] == BYTE_ORDER_MARK[0]
        && body[1] == BYTE_ORDER_MARK[1]
        && body[2] == BYTE_ORDER_MARK[2];
  }
}
