package io.inferwarden.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwarden.ingest.RejectedEvent.Reason;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectedEventTest {
  @ParameterizedTest
  @CsvSource({
    "principal, invalid_value at principal",
    "input.features.PLANTED, invalid_value at input.features",
    "input.textMeasures.PLANTED, invalid_value at input.textMeasures",
    "output.textMeasures.head, invalid_value at output.textMeasures",
    "PLANTED, invalid_value",
    "input.PLANTED.x.y, invalid_value at input",
    "'', invalid_value",
    "'..', invalid_value"
  })
  void asTextItSaysWhatMayBeLogged(String field, String text) {
    RejectedEvent rejected = RejectedEvent.at(Reason.INVALID_VALUE, field, "found \"PLANTED\"");

    assertThat(rejected).hasToString(text);
  }

  @Test
  void knowsEveryFieldOfTheSchema() throws IOException {
    try (InputStream stream =
        RejectedEvent.class.getResourceAsStream("inference-event-v1.schema.json")) {
      JsonNode properties = new ObjectMapper().readTree(stream).path("properties");
      properties.fieldNames().forEachRemaining(name -> assertKnown(name));
      for (String parent : new String[] {"input", "output"}) {
        properties
            .path(parent)
            .path("properties")
            .fieldNames()
            .forEachRemaining(name -> assertKnown(parent + "." + name));
      }
    }
  }

  private static void assertKnown(String field) {
    assertThat(RejectedEvent.at(Reason.WRONG_TYPE, field, "m"))
        .hasToString("wrong_type at " + field);
  }
}
