package io.inferwarden.ingest.collector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.ingest.door.Client;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** How companions are written to their topics. */
final class CompanionJson {
  private CompanionJson() {}

  static void put(ObjectNode object, String field, @Nullable String value) {
    if (value != null) {
      object.put(field, value);
    }
  }

  static void putOrigin(ObjectNode object, Client client, long receivedAtMillis) {
    object.put("tenant", client.tenant());
    object.put("client", client.name());
    object.put("receivedAt", receivedAtMillis);
  }

  static byte[] bytes(ObjectMapper mapper, ObjectNode object) {
    try {
      return mapper.writeValueAsBytes(object);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
  }
}
