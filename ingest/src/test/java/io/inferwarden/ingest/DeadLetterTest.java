package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.ingest.RejectedEvent.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final RejectedEvent REJECTED =
      new RejectedEvent(Reason.MISSING_FIELD, "model", "model: expected, found none");

  @Test
  void saysWhatWhyAndWhereFrom() throws IOException {
    JsonNode json = json("{\"a\":\"é\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(json.get("reason").asText()).isEqualTo("missing_field");
    assertThat(json.get("field").asText()).isEqualTo("model");
    assertThat(json.get("message").asText()).isEqualTo("model: expected, found none");
    assertThat(json.get("source").asText()).isEqualTo("inference-events/3/99");
    assertThat(json.get("receivedAt").asLong()).isEqualTo(1_772_409_646_453L);
    assertThat(json.get("payloadEncoding").asText()).isEqualTo("utf-8");
    assertThat(json.get("payload").asText()).isEqualTo("{\"a\":\"é\"}");
    assertThat(json.get("payloadBytes").asInt()).isEqualTo(10);
    assertThat(json.get("truncated").asBoolean()).isFalse();
  }

  @Test
  void keepsBytesThatAreNotTextAsBase64() throws IOException {
    byte[] bytes = {(byte) 0xff, 0, 7};

    JsonNode json = json(bytes);

    assertThat(json.get("payloadEncoding").asText()).isEqualTo("base64");
    assertThat(Base64.getDecoder().decode(json.get("payload").asText())).isEqualTo(bytes);
  }

  @Test
  void cutsLongPayloadsBetweenCharacters() throws IOException {
    byte[] bytes = ("x" + "日".repeat(50_000)).getBytes(StandardCharsets.UTF_8);

    JsonNode json = json(bytes);

    assertThat(json.get("payload").asText()).isEqualTo("x" + "日".repeat(21_845));
    assertThat(json.get("payloadBytes").asInt()).isEqualTo(150_001);
    assertThat(json.get("truncated").asBoolean()).isTrue();
  }

  @Test
  void cutsLongBinaryPayloadsToTheLimit() throws IOException {
    byte[] bytes = new byte[100_000];
    Arrays.fill(bytes, (byte) 0x80);

    JsonNode json = json(bytes);

    assertThat(Base64.getDecoder().decode(json.get("payload").asText()))
        .hasSize(DeadLetter.MAXIMUM_PAYLOAD_BYTES);
  }

  private static JsonNode json(byte[] payload) throws IOException {
    DeadLetter letter =
        DeadLetter.of(
            REJECTED, "inference-events/3/99", 1_772_409_646_453L, payload, 0, payload.length);
    return new ObjectMapper().readTree(letter.toJson());
  }
}
