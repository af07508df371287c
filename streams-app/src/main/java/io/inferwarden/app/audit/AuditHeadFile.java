package io.inferwarden.app.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inferwarden.ingest.audit.AuditHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of the heads that chains had, to be kept where the log's keepers cannot reach it. */
public final class AuditHeadFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AuditHeadFile() {}

  /** Writes heads, one array of JSON. */
  public static void write(Path file, List<AuditHead> heads) throws IOException {
    ArrayNode array = JSON.createArrayNode();
    for (AuditHead head : heads) {
      ObjectNode node = array.addObject();
      node.put("partition", head.partition());
      node.put("chain", head.chain());
      node.put("seq", head.sequence());
      node.put("hash", head.hash());
      node.put("offset", head.offset());
    }
    Files.writeString(file, array.toPrettyString() + "\n");
  }

  /**
   * Reads heads.
   *
   * @throws IOException if the file cannot be read, or is not such a file
   */
  public static List<AuditHead> read(Path file) throws IOException {
    List<AuditHead> heads = new ArrayList<>();
    try {
      for (JsonNode node : JSON.readTree(Files.readString(file))) {
        heads.add(
            new AuditHead(
                node.path("partition").asInt(-1),
                node.path("chain").asText(""),
                node.path("seq").asLong(-1),
                node.path("hash").asText(""),
                node.path("offset").asLong(-1)));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new IOException(file + " must come from audit verify --heads: " + e.getMessage(), e);
    }
    return heads;
  }
}
