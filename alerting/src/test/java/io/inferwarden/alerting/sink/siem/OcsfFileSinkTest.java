package io.inferwarden.alerting.sink.siem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwarden.alerting.Handling;
import io.inferwarden.alerting.IncidentChange;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.IncidentState;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OcsfFileSinkTest {
  private static final Notification OPENED = Samples.drift();
  private static final Notification RESOLVED =
      Samples.of(
          IncidentKind.INPUT_DRIFT,
          IncidentState.RESOLVED,
          Samples.handling(IncidentState.RESOLVED, IncidentChange.RESOLVED, null),
          2);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void chooseAFile() {
    file = folder.resolve("new/findings.ndjson");
  }

  @Test
  void writesEachRevisionOnceEvenAfterARestart() throws Exception {
    try (OcsfFileSink sink = sink()) {
      sink.deliver(OPENED);
      sink.deliver(OPENED);
    }
    try (OcsfFileSink afterRestart = sink()) {
      afterRestart.deliver(OPENED);
      afterRestart.deliver(RESOLVED);
    }

    assertThat(activities()).containsExactly("Create", "Close");
  }

  @Test
  void aLineCutShortByACrashIsWrittenAnew() throws Exception {
    try (OcsfFileSink sink = sink()) {
      sink.deliver(OPENED);
    }
    Files.writeString(file, "{\"class_uid\":2004,\"meta", StandardOpenOption.APPEND);

    try (OcsfFileSink afterCrash = sink()) {
      afterCrash.deliver(OPENED);
      afterCrash.deliver(RESOLVED);
    }

    assertThat(activities()).containsExactly("Create", "Close");
  }

  @Test
  void hostileNamesBreakNoLine() throws Exception {
    try (OcsfFileSink sink = sink()) {
      sink.deliver(Samples.campaign(60));
      sink.deliver(Samples.of(IncidentKind.EVASION, IncidentState.OPEN, Handling.OPENED, 1));
      sink.deliver(Samples.monstrous());
    }

    assertThat(activities()).hasSize(3);
  }

  private OcsfFileSink sink() throws IOException {
    return new OcsfFileSink(new OcsfFileSink.Settings("file", file));
  }

  private List<String> activities() throws IOException {
    return Files.readAllLines(file).stream()
        .map(Json::parse)
        .map((JsonNode finding) -> finding.path("activity_name").asText())
        .toList();
  }
}
