package io.inferwarden.alerting.sink.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.syslog.SyslogSink.Settings;
import io.inferwarden.alerting.sink.syslog.SyslogSink.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SyslogSinkTest {
  private static final DestinationGuard LOCAL =
      DestinationGuard.allowing(List.of("127.0.0.1", "localhost"));
  private static final Duration SHORT = Duration.ofMillis(300);

  private final HeldCertificate authority =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("Test CA").build();

  @TempDir Path directory;

  @Test
  void rsyslogReadsEveryIncidentOverTcp() throws Exception {
    List<Incident> incidents = Examples.everyIncident();
    try (Rsyslogd receiver = Rsyslogd.tcp(directory);
        SyslogSink sink = sink(tcp("127.0.0.1", receiver.port()))) {
      for (Incident incident : incidents) {
        sink.deliver(Examples.notification(incident));
      }

      List<String> messages = receiver.messages(incidents.size());

      assertThat(messages).containsExactlyElementsOf(expected(incidents));
    }
  }

  @Test
  void rsyslogFindsEachPartInItsPlaceThoughNamesAreHostile() throws Exception {
    List<Incident> incidents =
        Examples.hostileNames().stream().flatMap(n -> Examples.hostile(n).stream()).toList();
    try (Rsyslogd receiver = Rsyslogd.tcp(directory);
        SyslogSink sink = sink(tcp("127.0.0.1", receiver.port()))) {
      for (Incident incident : incidents) {
        sink.deliver(Examples.notification(incident));
      }

      List<String> messages = receiver.messages(incidents.size());
      List<String[]> understood = receiver.understood();

      assertThat(messages).hasSameSizeAs(incidents);
      for (int i = 0; i < incidents.size(); i++) {
        Incident incident = incidents.get(i);
        String[] parts = understood.get(i);
        assertThat(parts).hasSize(8).startsWith("16");
        assertThat(parts[2]).isEqualTo("2026-03-02T14:02:00.000Z");
        assertThat(parts[3]).isEqualTo("warden-1.example");
        assertThat(parts[4]).isEqualTo("inferwarden");
        assertThat(parts[5]).isEqualTo(incident.kind().code());
        assertThat(parts[6]).contains("notification=\"" + incident.id() + "_");
        assertThat(ForeignSyslog.parsed(messages.get(i)).get("syslog.message"))
            .isEqualTo(parts[7].stripLeading());
        assertThat(new ForeignCef(parts[7].stripLeading()).extension())
            .containsEntry("externalId", incident.id())
            .containsEntry("act", incident.change().code())
            .containsEntry("outcome", incident.state().code());
      }
    }
  }

  @Test
  void rsyslogReadsEveryIncidentOverTls() throws Exception {
    List<Incident> incidents = Examples.everyIncident();
    try (Rsyslogd receiver = tlsReceiver("anon");
        SyslogSink sink = sink(tls("localhost", receiver.port(), null))) {
      for (Incident incident : incidents) {
        sink.deliver(Examples.notification(incident));
      }

      List<String> messages = receiver.messages(incidents.size());

      assertThat(messages).containsExactlyElementsOf(expected(incidents));
    }
  }

  @Test
  void showsItsCertificateToAReceiverThatAsksForOne() throws Exception {
    try (Rsyslogd receiver = tlsReceiver("x509/certvalid");
        SyslogSink sink =
            sink(tls("localhost", receiver.port(), signed("warden", "warden.example")))) {
      sink.deliver(notification(1));

      assertThat(receiver.messages(1)).hasSize(1);
    }
  }

  @Test
  void aRestartOfTheReceiverBetweenTwoMessagesLosesNone() throws Exception {
    try (Rsyslogd receiver = Rsyslogd.tcp(directory);
        SyslogSink sink = sink(tcp("127.0.0.1", receiver.port()))) {
      sink.deliver(notification(1));
      receiver.messages(1);
      receiver.stop();
      DeliveryException whileDown = failure(sink, notification(2));
      receiver.start();

      sink.deliver(notification(2));
      receiver.messages(2);
      receiver.stop();
      receiver.start();
      sink.deliver(notification(3));

      assertThat(whileDown.isRetryable()).isTrue();
      assertThat(whileDown).hasMessageContaining("could not connect to the syslog receiver");
      assertThat(receiver.messages(3)).map(SyslogSinkTest::revision).containsExactly("1", "2", "3");
    }
  }

  @Test
  void aRestartOfATlsReceiverBetweenTwoMessagesLosesNone() throws Exception {
    try (Rsyslogd receiver = tlsReceiver("anon");
        SyslogSink sink = sink(tls("localhost", receiver.port(), null))) {
      sink.deliver(notification(1));
      receiver.messages(1);
      receiver.stop();
      receiver.start();
      sink.deliver(notification(2));

      assertThat(receiver.messages(2)).map(SyslogSinkTest::revision).containsExactly("1", "2");
    }
  }

  @Test
  void keepsItsConnection() throws Exception {
    try (ServerSocket server = server();
        SyslogSink sink = sink(tcp("127.0.0.1", server.getLocalPort()))) {
      sink.deliver(notification(1));
      sink.deliver(notification(2));

      try (Socket socket = server.accept()) {
        String all = textUntilClosed(sink, socket);
        assertThat(all).matches("(?s)\\d+ <131>1 .*\\d+ <131>1 .*");
        int first = Integer.parseInt(all.substring(0, all.indexOf(' ')));
        assertThat(all.substring(all.indexOf(' ') + 1 + first)).matches("\\d+ <131>1 .*");
      }
    }
  }

  @Test
  void aReceiverThatClosesWhileItIsWrittenToDidNotTakeTheMessage() throws Exception {
    try (ServerSocket server = server();
        SyslogSink sink = sink(tcp("127.0.0.1", server.getLocalPort()))) {
      sink.deliver(notification(1));
      Socket accepted = server.accept();
      accepted.setSoLinger(true, 0);
      accepted.close();
      sink.deliver(notification(2));

      try (Socket second = server.accept()) {
        assertThat(textUntilClosed(sink, second)).contains("revision=\"2\"");
      }
    }
  }

  @Test
  void aReceiverThatDoesNotReadIsGivenUpInTime() throws Exception {
    try (ServerSocket server = new ServerSocket()) {
      server.setReceiveBufferSize(4096);
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      try (SyslogSink sink = sink(impatient("127.0.0.1", server.getLocalPort(), null))) {
        DeliveryException failure =
            failureAfterSome(sink, Examples.notification(CefEventTest.worst()));

        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure).hasMessageContaining("not done within PT0.3S");
      }
    }
  }

  @Test
  void aReceiverThatDoesNotAnswerTheHandshakeIsGivenUpInTime() throws Exception {
    try (ServerSocket server = server();
        SyslogSink sink =
            sink(impatient("localhost", server.getLocalPort(), new Tls(null, null, null)))) {
      DeliveryException failure = failure(sink, notification(1));

      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure).hasMessageContaining("not done within PT0.3S");
    }
  }

  @Test
  void aReceiverThatTalksIsLeft() throws Exception {
    try (ServerSocket server = server();
        SyslogSink sink = sink(tcp("127.0.0.1", server.getLocalPort()))) {
      sink.deliver(notification(1));
      try (Socket first = server.accept()) {
        first.getOutputStream().write(new byte[100_000]);
        sink.deliver(notification(2));
      }

      try (Socket second = server.accept()) {
        assertThat(textUntilClosed(sink, second)).contains("revision=\"2\"");
      }
    }
  }

  @Test
  void tellsNothingToAReceiverWithAnUnknownCertificate() throws Exception {
    try (Rsyslogd receiver = tlsReceiver("anon");
        SyslogSink sink =
            sink(
                Settings.tls(
                    "siem", "localhost", receiver.port(), new Tls(null, null, null), "h"))) {
      DeliveryException failure = failure(sink, notification(1));

      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure).hasMessageContaining("SSLHandshakeException");
    }
  }

  @Test
  void tellsNothingToAReceiverWithTheCertificateOfAnotherHost() throws Exception {
    try (Rsyslogd receiver = tlsReceiver("anon");
        SyslogSink sink = sink(tls("127.0.0.1", receiver.port(), null))) {
      DeliveryException failure = failure(sink, notification(1));

      assertThat(failure.isRetryable()).isTrue();
      assertThat(failure).hasMessageContaining("SSLHandshakeException");
    }
  }

  @Test
  void refusesAnAddressWithinTheNetworkUnlessItIsAllowed() throws Exception {
    try (ServerSocket server = server();
        SyslogSink sink =
            new SyslogSink(
                Settings.tcp("siem", "127.0.0.1", server.getLocalPort(), "h"),
                DestinationGuard.publicOnly())) {
      DeliveryException failure = failure(sink, notification(1));

      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure).hasMessageStartingWith("destination refused: 127.0.0.1");
    }
  }

  @Test
  void doesNotStartWithFilesThatItCannotRead() throws IOException {
    HeldCertificate client = signed("warden", "warden.example");
    Path certificate = file("client.pem", client.certificatePem());
    Path broken =
        file("broken.pem", client.privateKeyPkcs8Pem().replaceFirst("(?s)(KEY-----.{80}).", "$1!"));
    Path absent = directory.resolve("absent.pem");

    assertThatThrownBy(() -> sink(Settings.tls("siem", "h", 1, new Tls(absent, null, null), "h")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("could not read certificates from " + absent);
    assertThatThrownBy(
            () -> sink(Settings.tls("siem", "h", 1, new Tls(null, certificate, broken), "h")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            broken + " must hold a private key in PKCS #8, not encrypted (BEGIN PRIVATE KEY)");
    assertThatThrownBy(() -> new Tls(null, certificate, null))
        .hasMessage("clientCertificate and clientKey must be given together");
  }

  @Test
  void settingsOutOfTheirRangeAreRefused() {
    assertThatThrownBy(() -> Settings.tcp(" ", "h", 601, "h")).hasMessageContaining("name must");
    assertThatThrownBy(() -> Settings.tcp("siem", "a b", 601, "h"))
        .hasMessageContaining("host must be");
    assertThatThrownBy(() -> Settings.tcp("siem", "h", 0, "h"))
        .hasMessage("port must be in 1..65535, was 0");
    assertThatThrownBy(() -> Settings.tcp("siem", "h", 601, "a\nb"))
        .hasMessageContaining("senderHost");
    assertThatThrownBy(() -> settings("h", 601, null, 24, 2048, SHORT))
        .hasMessage("facility must be in 0..23, was 24");
    assertThatThrownBy(() -> settings("h", 601, null, 16, 2047, SHORT))
        .hasMessage("mostMessageBytes must be in 2048..65536, was 2047");
    assertThatThrownBy(() -> settings("h", 601, null, 16, 2048, Duration.ZERO))
        .hasMessage("connectTimeout must be >= 1 ms, was PT0S");
  }

  private Rsyslogd tlsReceiver(String authMode) throws IOException {
    HeldCertificate receiver = signed("receiver", "localhost");
    return Rsyslogd.tls(
        directory,
        file("ca.pem", authority.certificatePem()),
        file("receiver.pem", receiver.certificatePem()),
        file("receiver-key.pem", receiver.privateKeyPkcs8Pem()),
        authMode);
  }

  private HeldCertificate signed(String commonName, String host) {
    return new HeldCertificate.Builder()
        .commonName(commonName)
        .addSubjectAlternativeName(host)
        .duration(1, TimeUnit.DAYS)
        .signedBy(authority)
        .build();
  }

  private Settings tls(String host, int port, @Nullable HeldCertificate client) throws IOException {
    Path authorities = file("ca.pem", authority.certificatePem());
    Tls tls =
        client == null
            ? new Tls(authorities, null, null)
            : new Tls(
                authorities,
                file("client.pem", client.certificatePem()),
                file("client-key.pem", client.privateKeyPkcs8Pem()));
    return Settings.tls("siem", host, port, tls, "warden-1.example");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private static Settings tcp(String host, int port) {
    return Settings.tcp("siem", host, port, "warden-1.example");
  }

  private static Settings impatient(String host, int port, @Nullable Tls tls) {
    return settings(host, port, tls, Settings.DEFAULT_FACILITY, 65_536, SHORT);
  }

  private static Settings settings(
      String host, int port, @Nullable Tls tls, int facility, int mostBytes, Duration timeout) {
    return new Settings("siem", host, port, tls, facility, 1, "h", mostBytes, timeout, timeout);
  }

  private static SyslogSink sink(Settings settings) {
    return new SyslogSink(settings, LOCAL);
  }

  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static String textUntilClosed(SyslogSink sink, Socket socket) throws IOException {
    sink.close();
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Notification notification(long revision) {
    return Examples.notification(Examples.incident("principal:k9", revision));
  }

  private static List<String> expected(List<Incident> incidents) {
    Settings settings = tcp("siem.example", 601);
    String processId = Long.toString(ProcessHandle.current().pid());
    return incidents.stream()
        .map(Examples::notification)
        .map(notification -> SyslogMessage.of(notification, settings, processId))
        .toList();
  }

  private static String revision(String message) {
    return ForeignSyslog.parsed(message)
        .getOrDefault("syslog.structuredData.inferwarden@32473.revision", "none");
  }

  private static DeliveryException failure(SyslogSink sink, Notification notification) {
    return catchThrowableOfType(DeliveryException.class, () -> sink.deliver(notification));
  }

  /** The first of many attempts that fails: the first ones fill what the network keeps. */
  private static DeliveryException failureAfterSome(SyslogSink sink, Notification notification) {
    return catchThrowableOfType(
        DeliveryException.class,
        () -> {
          for (int attempt = 0; attempt < 2_000; attempt++) {
            sink.deliver(notification);
          }
        });
  }
}
