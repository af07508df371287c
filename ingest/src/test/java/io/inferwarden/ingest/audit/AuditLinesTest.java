package io.inferwarden.ingest.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AuditLinesTest {
  @Test
  void whatWasAddedComesBackInItsOrder() {
    AuditLines lines = new AuditLines();
    lines.add("{\"a\":1}".getBytes(UTF_8));
    lines.add("{\"b\":2}".getBytes(UTF_8));

    assertThat(lines.size()).isEqualTo(15);
    assertThat(read(lines.take())).containsExactly("{\"a\":1}", "{\"b\":2}");

    lines.add("{\"c\":3}".getBytes(UTF_8));
    assertThat(read(lines.take())).containsExactly("{\"c\":3}");
  }

  @Test
  void noLineIsPassedOver() {
    assertThat(read("\n\na\n".getBytes(UTF_8))).containsExactly("", "", "a", "");
    assertThat(read(new byte[0])).containsExactly("");
    assertThat(AuditLines.of(null)).singleElement().satisfies(line -> assertThat(line).isEmpty());
  }

  private static List<String> read(byte[] message) {
    return AuditLines.of(message).stream().map(line -> new String(line, UTF_8)).toList();
  }
}
