package io.inferwarden.alerting.sink.syslog;

import static io.inferwarden.alerting.sink.syslog.ForeignSyslog.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.outbox.Notification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogMessageTest {
  private static final SyslogSink.Settings SETTINGS =
      SyslogSink.Settings.tcp("siem", "siem.example", 601, "warden-1.example");
  private static final Incident INCIDENT = Examples.incident("principal:k9", 3);

  @Test
  void isReadByAStrictForeignParser() {
    Notification notification = Examples.notification(INCIDENT);

    Map<String, String> fields = parsed(SyslogMessage.of(notification, SETTINGS, "4711"));

    assertThat(fields)
        .containsEntry("syslog.header.facility", "16")
        .containsEntry("syslog.header.severity", "3")
        .containsEntry("syslog.header.version", "1")
        .containsEntry("syslog.header.timestamp", "2026-03-02T14:02:00.000Z")
        .containsEntry("syslog.header.hostName", "warden-1.example")
        .containsEntry("syslog.header.appName", "inferwarden")
        .containsEntry("syslog.header.procId", "4711")
        .containsEntry("syslog.header.msgId", "extraction")
        .containsEntry("syslog.structuredData.inferwarden@32473.notification", notification.id())
        .containsEntry("syslog.structuredData.inferwarden@32473.incident", INCIDENT.id())
        .containsEntry("syslog.structuredData.inferwarden@32473.revision", "3")
        .containsEntry("syslog.structuredData.inferwarden@32473.occasion", "change")
        .containsEntry("syslog.message", CefEvent.of(notification, 65_536).line());
  }

  @ParameterizedTest
  @EnumSource
  void everyKindIsReadByAStrictForeignParser(IncidentKind kind) {
    Incident incident = Examples.opened(Examples.drift(kind, "7", Examples.AT, 2.8));

    String message = SyslogMessage.of(Examples.notification(incident), SETTINGS, "1");

    assertThat(parsed(message)).containsEntry("syslog.header.msgId", kind.code());
  }

  @Test
  void takesFacilityAndEnterpriseNumberFromTheSettings() {
    SyslogSink.Settings settings =
        new SyslogSink.Settings(
            "siem",
            "siem.example",
            601,
            null,
            4,
            4_294_967_295L,
            "h",
            2048,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    String message = SyslogMessage.of(Examples.notification(INCIDENT), settings, "1");

    assertThat(message).startsWith("<35>1 ").contains(" [inferwarden@4294967295 notification=");
    assertThat(parsed(message)).containsEntry("syslog.header.facility", "4");
  }

  @Test
  void textFromOutsideCannotLeaveItsPlace() {
    Incident hostile =
        INCIDENT.worded("t]\"\\\n<13>1 - - - - - - x", "s\r\n<13>1 - - - - - - forged");

    String message = SyslogMessage.of(Examples.notification(hostile), SETTINGS, "1");

    assertThat(message.lines()).hasSize(1);
    assertThat(parsed(message))
        .containsEntry("syslog.header.msgId", "extraction")
        .containsEntry(
            "syslog.message", CefEvent.of(Examples.notification(hostile), 65_536).line());
  }

  @ParameterizedTest
  @ValueSource(ints = {2048, 3000, 8192, 20_000})
  void neverExceedsTheLimitAndSaysWhatItCut(int mostBytes) {
    SyslogSink.Settings settings =
        new SyslogSink.Settings(
            "siem",
            "siem.example",
            601,
            null,
            23,
            4_294_967_295L,
            "h".repeat(255),
            mostBytes,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    String message =
        SyslogMessage.of(Examples.notification(CefEventTest.worst()), settings, "4194304");

    assertThat(CefText.bytes(message)).isLessThanOrEqualTo(mostBytes);
    assertThat(parsed(message).get("syslog.structuredData.inferwarden@4294967295.cut"))
        .contains("msg");
  }

  @Test
  void aFrameBeginsWithTheLengthInBytes() {
    byte[] frame = SyslogMessage.framed("é!");

    assertThat(new String(frame, StandardCharsets.UTF_8)).isEqualTo("3 é!");
  }
}
