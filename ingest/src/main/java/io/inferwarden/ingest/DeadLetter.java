package io.inferwarden.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/**
 * An event that was not taken, kept with the reason so that someone can mend its producer. The
 * payload is what arrived, so it may hold raw prompts: the topic of dead letters needs the access
 * rules of the prompts themselves.
 *
 * @param reason code of {@link RejectedEvent.Reason}
 * @param field the field at fault, empty for the whole document
 * @param message what was found and what would be right
 * @param source where it came from, such as topic/partition/offset or file:line
 * @param receivedAtMillis when, in milliseconds since the epoch
 * @param payload the first {@link #MAXIMUM_PAYLOAD_BYTES} bytes, as text or Base64
 * @param isBase64 whether the payload is Base64, because it is not valid UTF-8
 * @param payloadBytes length of the whole payload
 */
public record DeadLetter(
    String reason,
    String field,
    String message,
    String source,
    long receivedAtMillis,
    String payload,
    boolean isBase64,
    int payloadBytes) {
  /** Payloads are cut to this many bytes. */
  public static final int MAXIMUM_PAYLOAD_BYTES = 65_536;

  private static final JsonFactory JSON = new JsonFactory();

  public DeadLetter {
    if (payloadBytes < 0) {
      throw new IllegalArgumentException("payloadBytes must be >= 0, was " + payloadBytes);
    }
  }

  /** The dead letter of a rejected payload, of which a copy is made. */
  public static DeadLetter of(
      RejectedEvent rejected,
      String source,
      long receivedAtMillis,
      byte[] bytes,
      int offset,
      int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    boolean isCut = length > MAXIMUM_PAYLOAD_BYTES;
    int kept = isCut ? characterBoundary(bytes, offset) : length;
    String payload;
    boolean isBase64 = false;
    try {
      payload =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, offset, kept))
              .toString();
    } catch (CharacterCodingException notText) {
      int end = offset + Math.min(length, MAXIMUM_PAYLOAD_BYTES);
      payload = Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, offset, end));
      isBase64 = true;
    }
    return new DeadLetter(
        rejected.reason().code(),
        rejected.field(),
        rejected.message(),
        source,
        receivedAtMillis,
        payload,
        isBase64,
        length);
  }

  /** The dead letter as a JSON object in UTF-8. */
  public byte[] toJson() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length() + 512);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("reason", reason);
      json.writeStringField("field", field);
      json.writeStringField("message", message);
      json.writeStringField("source", source);
      json.writeNumberField("receivedAt", receivedAtMillis);
      json.writeNumberField("payloadBytes", payloadBytes);
      json.writeBooleanField("truncated", payloadBytes > MAXIMUM_PAYLOAD_BYTES);
      json.writeStringField("payloadEncoding", isBase64 ? "base64" : "utf-8");
      json.writeStringField("payload", payload);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return bytes.toByteArray();
  }

  /** How many bytes to keep so that no UTF-8 character is cut in two. */
  private static int characterBoundary(byte[] bytes, int offset) {
    int kept = MAXIMUM_PAYLOAD_BYTES;
    while (kept > MAXIMUM_PAYLOAD_BYTES - 3 && (bytes[offset + kept] & 0xc0) == 0x80) {
      kept--;
    }
    return kept;
  }
}
