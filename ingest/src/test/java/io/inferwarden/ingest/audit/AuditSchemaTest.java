package io.inferwarden.ingest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditSchemaTest {
  private final ObjectMapper mapper = new ObjectMapper();

  private static JsonSchema schema() throws IOException {
    try (InputStream stream =
        AuditRecord.class.getResourceAsStream("audit-record-v1.schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(stream);
    }
  }

  @Test
  void holdsForEveryRecord() throws IOException {
    JsonSchema schema = schema();
    AuditLog log = AuditLog.written(1, AuditEntries.signer(1));

    for (List<byte[]> records : log.partitions) {
      for (byte[] record : records) {
        assertThat(schema.validate(mapper.readTree(record)))
            .as(new String(record, StandardCharsets.UTF_8))
            .isEmpty();
      }
    }
  }

  @Test
  void refusesWhatTheReaderRefuses() throws IOException {
    JsonSchema schema = schema();
    String sound =
        new String(
            AuditLog.written(1, AuditEntries.signer(1)).partitions.get(0).get(5),
            StandardCharsets.UTF_8);
    List<String> wrong =
        List.of(
            "{}",
            sound.replace("\"v\":1", "\"v\":2"),
            sound.replace("\"v\":1", "\"v\":1,\"more\":1"),
            sound.replace("\"prev\":\"", "\"prev\":\"zz"),
            sound.replace("\"type\":\"event\"", "\"type\":\"checkpoint\""));

    for (String record : wrong) {
      assertThat(schema.validate(mapper.readTree(record))).as(record).isNotEmpty();
      assertThat(new AuditRecordReader().read(record.getBytes(StandardCharsets.UTF_8))).isNull();
    }
  }
}
