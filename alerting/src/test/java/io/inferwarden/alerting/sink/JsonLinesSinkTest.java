package io.inferwarden.alerting.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentJson;
import io.inferwarden.alerting.outbox.DeliveryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesSinkTest {
  private static final Incident FIRST = Examples.incident("principal:k9", 1);
  private static final Incident SECOND = Examples.incident("principal:k9", 2);
  private static final Incident OTHER = Examples.incident("principal:\nk8", 1);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void chooseAFile() {
    file = folder.resolve("new/folders/incidents.jsonl");
  }

  @Test
  void writesOneLineForEachRevision() throws Exception {
    try (JsonLinesSink sink = new JsonLinesSink("file", file)) {
      sink.deliver(Examples.notification(FIRST));
      sink.deliver(Examples.notification(OTHER));
      sink.deliver(Examples.notification(SECOND));

      assertThat(incidents()).containsExactly(FIRST, OTHER, SECOND);
    }
  }

  @Test
  void aRevisionDeliveredAgainIsNotWrittenAgain() throws Exception {
    try (JsonLinesSink sink = new JsonLinesSink("file", file)) {
      sink.deliver(Examples.notification(FIRST));
      sink.deliver(Examples.notification(FIRST));
    }
    try (JsonLinesSink afterRestart = new JsonLinesSink("file", file)) {
      afterRestart.deliver(Examples.notification(FIRST));
      afterRestart.deliver(Examples.notification(SECOND));
    }

    assertThat(incidents()).containsExactly(FIRST, SECOND);
  }

  @Test
  void aLineCutShortByACrashIsWrittenAnew() throws Exception {
    byte[] whole = IncidentJson.toJson(SECOND);
    for (int cut = 0; cut <= whole.length; cut += 50) {
      Files.deleteIfExists(file);
      try (JsonLinesSink sink = new JsonLinesSink("file", file)) {
        sink.deliver(Examples.notification(FIRST));
      }
      Files.write(file, java.util.Arrays.copyOf(whole, cut), StandardOpenOption.APPEND);

      try (JsonLinesSink afterCrash = new JsonLinesSink("file", file)) {
        afterCrash.deliver(Examples.notification(FIRST));
        afterCrash.deliver(Examples.notification(SECOND));
      }

      assertThat(incidents()).containsExactly(FIRST, SECOND);
    }
  }

  @Test
  void keepsLinesOfAnotherOrigin() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "# incidents\n\n");

    try (JsonLinesSink sink = new JsonLinesSink("file", file)) {
      sink.deliver(Examples.notification(FIRST));
    }

    assertThat(Files.readAllLines(file)).hasSize(3).startsWith("# incidents", "");
  }

  @Test
  void refusesASecondWriter() throws Exception {
    try (JsonLinesSink first = new JsonLinesSink("file", file)) {
      assertThatThrownBy(() -> new JsonLinesSink("file", file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("already being written");
      first.deliver(Examples.notification(FIRST));
    }

    new JsonLinesSink("file", file).close();
    assertThat(incidents()).containsExactly(FIRST);
  }

  @Test
  void aWriteThatFailsMayBeRetried() throws Exception {
    JsonLinesSink closed = new JsonLinesSink("file", file);
    closed.close();

    assertThatThrownBy(() -> closed.deliver(Examples.notification(FIRST)))
        .isInstanceOfSatisfying(
            DeliveryException.class, failure -> assertThat(failure.isRetryable()).isTrue());
  }

  @Test
  void refusesAFileWithoutLines() throws Exception {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[(16 << 20) + 1]);

    assertThatThrownBy(() -> new JsonLinesSink("file", file))
        .hasMessage("no line ends within the last 16 MiB: not a file of JSON lines");
  }

  private List<Incident> incidents() throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> IncidentJson.fromJson(line.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }
}
