package io.inferwarden.alerting.sink.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Delivers to GreenMail, and to Debian's aiosmtpd where it is installed. */
@Timeout(60)
class EmailServersTest {
  private static final Path AIOSMTPD = Path.of("/usr/bin/aiosmtpd");
  private static final InstantSource CLOCK = () -> Instant.parse("2026-03-02T14:02:30Z");
  private static final URI CONSOLE = URI.create("https://console.example");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int PATIENCE_SECONDS = 20;

  @TempDir private Path folder;
  private @Nullable Process process;

  @AfterEach
  void stop() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void greenMailGetsTheConversationOfAnIncident() throws Exception {
    ServerSetup anyPort = ServerSetupTest.SMTP.dynamicPort();
    GreenMail server = new GreenMail(anyPort);
    server.setUser("warden", "warden", "s3cret");
    server.start();
    try {
      Incident incident = ChatExamples.drift();
      EmailSink sink =
          sink(
              server.getSmtp().getPort(),
              EmailSink.Encryption.NONE,
              new EmailSink.Credentials("warden", "s3cret"),
              null);

      sink.deliver(Examples.notification(incident));
      sink.deliver(Examples.notification(incident));
      sink.deliver(Examples.notification(ChatExamples.resolved()));

      MimeMessage[] mails = server.getReceivedMessages();
      assertThat(mails).hasSize(3);
      assertThat(mails[0].getMessageID()).isEqualTo(mails[1].getMessageID());
      assertThat(mails[2].getSubject())
          .isEqualTo("[high] Resolved: Input drift, model fraud-scorer");
      assertThat(mails[2].getHeader("References")).containsExactly(mails[0].getMessageID());
    } finally {
      server.stop();
    }
  }

  @Test
  void greenMailRefusesAWrongPassword() {
    GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    server.setUser("warden", "warden", "s3cret");
    server.start();
    try {
      EmailSink sink =
          sink(
              server.getSmtp().getPort(),
              EmailSink.Encryption.NONE,
              new EmailSink.Credentials("warden", "wr0ng"),
              null);

      DeliveryException failure = failureOf(sink);

      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure).hasMessageStartingWith("SMTP 535").hasMessageNotContaining("wr0ng");
    } finally {
      server.stop();
    }
  }

  @Test
  void anotherServerStoresWhatWasSent() throws Exception {
    int port = startAiosmtpd(List.of());

    sink(port, EmailSink.Encryption.NONE, null, null)
        .deliver(ChatExamples.filledWith(ChatExamples.HOSTILE));

    MimeMessage mail = onlyMail();
    assertThat(mail.getSubject())
        .startsWith("[high] <!channel> <http[:]//evil")
        .contains("\\u{d}\\u{a}Bcc: all@");
    assertThat(mail.getHeader("Bcc")).isNull();
    assertThat(mail.getHeader("X-RcptTo")).containsExactly("soc@example.org");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
  }

  @Test
  void startTlsComesBeforeAnythingElse() throws Exception {
    HeldCertificate certificate = certificate();
    int port = startAiosmtpd(tlsArguments("--tls", certificate));

    sink(port, EmailSink.Encryption.STARTTLS, null, ca(certificate))
        .deliver(Examples.notification(ChatExamples.drift()));
    DeliveryException untrusted =
        failureOf(sink(port, EmailSink.Encryption.STARTTLS, null, ca(certificate())));
    DeliveryException inTheClear = failureOf(sink(port, EmailSink.Encryption.NONE, null, null));

    assertThat(onlyMail().getSubject()).isEqualTo("[high] Input drift, model fraud-scorer");
    assertThat(untrusted.isRetryable()).isTrue();
    assertThat(untrusted).hasMessageContaining("SSLHandshakeException");
    assertThat(inTheClear).hasMessageStartingWith("SMTP 530");
  }

  @Test
  void tlsFromTheFirstByte() throws Exception {
    HeldCertificate certificate = certificate();
    int port = startAiosmtpd(tlsArguments("--smtps", certificate));

    sink(port, EmailSink.Encryption.TLS, null, ca(certificate))
        .deliver(Examples.notification(ChatExamples.drift()));
    DeliveryException untrusted =
        failureOf(sink(port, EmailSink.Encryption.TLS, null, ca(certificate())));

    assertThat(onlyMail().getSubject()).isEqualTo("[high] Input drift, model fraud-scorer");
    assertThat(untrusted).hasMessageContaining("SSLHandshakeException");
  }

  @Test
  void aCertificateOfAnotherHostIsRefused() throws Exception {
    HeldCertificate other =
        new HeldCertificate.Builder().addSubjectAlternativeName("other.example").build();
    int port = startAiosmtpd(tlsArguments("--tls", other));

    DeliveryException failure =
        failureOf(sink(port, EmailSink.Encryption.STARTTLS, null, ca(other)));

    assertThat(failure.isRetryable()).isTrue();
    assertThat(mails()).isEmpty();
  }

  private EmailSink sink(
      int port,
      EmailSink.Encryption encryption,
      EmailSink.@Nullable Credentials credentials,
      @Nullable Path ca) {
    EmailSink.Settings settings =
        new EmailSink.Settings(
            "mail",
            "localhost",
            port,
            encryption,
            false,
            credentials,
            "Inferwarden <alerts@warden.example>",
            List.of("soc@example.org"),
            TIMEOUT,
            CONSOLE);
    return new EmailSink(settings, DestinationGuard.allowing(List.of("localhost")), CLOCK, ca);
  }

  private static DeliveryException failureOf(EmailSink sink) {
    Notification notification = Examples.notification(ChatExamples.drift());
    DeliveryException failure =
        catchThrowableOfType(DeliveryException.class, () -> sink.deliver(notification));
    assertThat(failure).isNotNull();
    return failure;
  }

  /** Starts a server that keeps mails in a maildir; returns its port once it answers. */
  private int startAiosmtpd(List<String> arguments) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(AIOSMTPD), AIOSMTPD + " is not installed");
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(AIOSMTPD.toString(), "-n"));
    command.addAll(List.of("-l", "127.0.0.1:" + port));
    command.addAll(arguments);
    command.addAll(List.of("-c", "aiosmtpd.handlers.Mailbox", folder.resolve("mail").toString()));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("aiosmtpd.log").toFile())
            .start();
    awaitOpen(port);
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitOpen(int port) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!isOpen(port)) {
      assertThat(System.nanoTime()).as("time for the server to start").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private MimeMessage onlyMail() throws Exception {
    List<Path> mails = mails();
    assertThat(mails).hasSize(1);
    Session session = Session.getInstance(new Properties());
    return new MimeMessage(session, new ByteArrayInputStream(Files.readAllBytes(mails.get(0))));
  }

  private List<Path> mails() throws IOException {
    try (Stream<Path> mails = Files.list(folder.resolve("mail").resolve("new"))) {
      return mails.toList();
    }
  }

  private static HeldCertificate certificate() {
    return new HeldCertificate.Builder().addSubjectAlternativeName("localhost").build();
  }

  private Path ca(HeldCertificate certificate) throws IOException {
    return written(certificate.certificatePem());
  }

  private List<String> tlsArguments(String prefix, HeldCertificate certificate) throws IOException {
    return List.of(
        prefix + "cert",
        written(certificate.certificatePem()).toString(),
        prefix + "key",
        written(certificate.privateKeyPkcs8Pem()).toString());
  }

  private Path written(String pem) throws IOException {
    Path file = Files.createTempFile(folder, "held", ".pem");
    return Files.writeString(file, pem, StandardCharsets.US_ASCII);
  }
}
