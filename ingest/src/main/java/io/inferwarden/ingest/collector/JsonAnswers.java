package io.inferwarden.ingest.collector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.inferwarden.ingest.RejectedEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The collector's own answers: {@code {"accepted":1,"rejected":0,…}}, or {@code
 * {"error":"too_large","message":"…"}} for a request that was not taken as a whole.
 */
public final class JsonAnswers implements Answers {
  static final String JSON = "application/json";

  private final JsonFactory factory = new JsonFactory();

  @Override
  public Answer of(Outcome outcome, String contentType) {
    return new Answer(
        outcome.status(),
        JSON,
        object(
            json -> {
              if (outcome.problem().isEmpty()) {
                writeCounts(json, outcome);
              } else {
                json.writeStringField("error", outcome.problem());
                json.writeStringField("message", outcome.message());
              }
            }));
  }

  /** {@code {"status":"…"}}, for pages. */
  Answer status(int status, String text) {
    return new Answer(status, JSON, object(json -> json.writeStringField("status", text)));
  }

  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }

  private byte[] object(Fields fields) {
    // Characters rather than bytes, since half a surrogate pair must not fail the answer.
    StringWriter text = new StringWriter(128);
    try (JsonGenerator json = factory.createGenerator(text)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void writeCounts(JsonGenerator json, Outcome outcome) throws IOException {
    json.writeNumberField("accepted", outcome.accepted());
    json.writeNumberField("rejected", outcome.rejected());
    json.writeNumberField("skipped", outcome.skipped());
    json.writeNumberField("held", outcome.held());
    if (outcome.errors().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("errors");
    for (PlacedRejection error : outcome.errors()) {
      RejectedEvent rejection = error.rejection();
      json.writeStartObject();
      json.writeStringField("place", error.place());
      json.writeStringField("field", rejection.field());
      json.writeStringField("reason", rejection.reason().code());
      json.writeStringField("message", rejection.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    int omitted = outcome.rejected() - outcome.errors().size();
    if (omitted > 0) {
      json.writeNumberField("errorsOmitted", omitted);
    }
  }
}
