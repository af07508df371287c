package io.inferwarden.alerting.sink.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.IncidentKind;
import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the sink reads what a server answers; other tests deliver to real servers. */
@Timeout(30)
class EmailSinkTest {
  private static final InstantSource CLOCK = () -> Instant.parse("2026-03-02T14:02:30Z");
  private static final DestinationGuard LOCAL = DestinationGuard.allowing(List.of("127.0.0.1"));
  private static final String PASSWORD = "pAssw0rd";

  private final ScriptedSmtp server = new ScriptedSmtp();
  private final Notification notification =
      Examples.notification(Examples.of(IncidentKind.EXTRACTION));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void deliversEveryChangeAndKind() {
    EmailSink sink = sink(Duration.ofSeconds(10));

    for (Incident incident : Examples.everyIncident()) {
      assertThatCode(() -> sink.deliver(Examples.notification(incident)))
          .doesNotThrowAnyException();
    }

    assertThat(server.heard(ScriptedSmtp.END_OF_DATA)).hasSize(Examples.everyIncident().size());
  }

  @Test
  void hostileNamesBreakNoMail() {
    EmailSink sink = sink(Duration.ofSeconds(10));
    int count = 0;

    for (String name : Examples.hostileNames()) {
      for (Incident incident : Examples.hostile(name)) {
        assertThatCode(() -> sink.deliver(Examples.notification(incident)))
            .doesNotThrowAnyException();
        count++;
      }
    }

    assertThat(server.heard(ScriptedSmtp.END_OF_DATA)).hasSize(count);
    assertThat(server.heard("RCPT TO:")).hasSize(count).containsOnly("RCPT TO:<soc@example.org>");
  }

  @ParameterizedTest
  @CsvSource({
    "greeting, 421 4.3.2 busy, 421",
    "MAIL, 451 4.3.0 try later, 451 4.3.0",
    "RCPT, 450 4.2.1 greylisted, 450 4.2.1",
    "RCPT, 452 too many, 452",
    "DATA, 451 4.7.1 wait, 451 4.7.1",
    "., 451 4.3.0 local error, 451 4.3.0"
  })
  void whatIsPutOffMayBeRetried(String command, String answer, String said) {
    server.answer(command, answer);

    DeliveryException failure = failureOf(sink(Duration.ofSeconds(10)));

    assertThat(failure).hasMessage("SMTP " + said);
    assertThat(failure.isRetryable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "greeting, 554 5.7.1 not you, 554",
    "MAIL, 550 5.7.1 sender refused, 550 5.7.1",
    "RCPT, 550 5.1.1 no such user, 550 5.1.1",
    "DATA, 554 no, 554",
    "., 552 5.3.4 too large, 552 5.3.4"
  })
  void whatIsRefusedIsNotSentAgain(String command, String answer, String said) {
    server.answer(command, answer);

    DeliveryException failure = failureOf(sink(Duration.ofSeconds(10)));

    assertThat(failure).hasMessage("SMTP " + said);
    assertThat(failure.isRetryable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"greeting", "EHLO", "MAIL", "RCPT", "DATA", "."})
  void aServerThatHangsOrGoesAwayMayBeTriedAgain(String command) {
    server.answer(command, ScriptedSmtp.HANG);
    DeliveryException hung = failureOf(sink(Duration.ofMillis(200)));
    server.answer(command, ScriptedSmtp.DROP);
    DeliveryException dropped = failureOf(sink(Duration.ofSeconds(10)));

    assertThat(hung.isRetryable()).isTrue();
    assertThat(dropped.isRetryable()).isTrue();
    assertThat(dropped).hasMessageStartingWith("SMTP");
  }

  @Test
  void noServerMayBeTriedAgain() {
    EmailSink sink = sink(Duration.ofSeconds(10));
    server.close();

    DeliveryException failure = failureOf(sink);

    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessage("SMTP: no answer: ConnectException");
  }

  @Test
  void aHangAtTheFarewellDoesNotUndoADelivery() {
    server.answer("QUIT", ScriptedSmtp.HANG);

    assertThatCode(() -> sink(Duration.ofMillis(500)).deliver(notification))
        .doesNotThrowAnyException();
  }

  @Test
  void aRecipientThatIsNoMoreKeepsNobodyElseFromTheMail() throws Exception {
    server.answer("RCPT TO:<gone@", "550 5.1.1 no such user");

    sink(Duration.ofSeconds(10), "soc@example.org", "gone@example.org").deliver(notification);

    assertThat(server.heard(ScriptedSmtp.END_OF_DATA)).hasSize(1);
  }

  @Test
  void aRecipientThatIsPutOffIsTriedAgainWithoutTheOthers() throws Exception {
    server.answer("RCPT TO:<late@", "450 4.2.1 greylisted");
    EmailSink sink = sink(Duration.ofSeconds(10), "soc@example.org", "late@example.org");

    DeliveryException failure = failureOf(sink);
    server.answer("RCPT TO:<late@", "250 ok");
    sink.deliver(notification);

    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessage("SMTP 450 4.2.1");
    assertThat(server.heard("RCPT TO:<soc@")).hasSize(1);
    assertThat(server.heard("RCPT TO:<late@")).hasSize(2);
  }

  @Test
  void aLoginThatIsRefusedIsFinalAndShowsNoPassword() {
    server.answer("EHLO", "250-scripted\r\n250 AUTH PLAIN LOGIN");
    server.answer("AUTH", "535 5.7.8 wrong " + PASSWORD);

    DeliveryException refused = failureOf(sink(withPassword()));
    server.answer("AUTH", "454 4.7.0 later");
    DeliveryException putOff = failureOf(sink(withPassword()));

    assertThat(refused).hasMessage("SMTP 535 5.7.8");
    assertThat(refused.isRetryable()).isFalse();
    assertThat(putOff.isRetryable()).isTrue();
    StringWriter trace = new StringWriter();
    refused.printStackTrace(new PrintWriter(trace));
    assertThat(trace + withPassword().toString()).doesNotContain(PASSWORD);
  }

  @Test
  void sendsNothingInTheClearWhereTlsIsAsked() {
    DeliveryException failure =
        failureOf(
            sink(settings(EmailSink.Encryption.STARTTLS, Duration.ofSeconds(10), "a@example.org")));

    assertThat(failure.isRetryable()).isTrue();
    assertThat(server.heard("MAIL")).isEmpty();
  }

  @Test
  void aServerOfTheInsideIsRefusedUnlessItWasAllowed() {
    EmailSink sink =
        new EmailSink(
            settings(EmailSink.Encryption.NONE, Duration.ofSeconds(10), "soc@example.org"),
            DestinationGuard.publicOnly(),
            CLOCK,
            null);

    DeliveryException failure = failureOf(sink);

    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure).hasMessageContaining("alerts.allow").hasMessageContaining("127.0.0.1");
    assertThat(server.heard("")).isEmpty();
  }

  private EmailSink sink(Duration timeout, String... to) {
    String[] recipients = to.length == 0 ? new String[] {"soc@example.org"} : to;
    return sink(settings(EmailSink.Encryption.NONE, timeout, recipients));
  }

  private static EmailSink sink(EmailSink.Settings settings) {
    return new EmailSink(settings, LOCAL, CLOCK, null);
  }

  private EmailSink.Settings settings(
      EmailSink.Encryption encryption, Duration timeout, String... to) {
    return new EmailSink.Settings(
        "mail",
        "127.0.0.1",
        server.port(),
        encryption,
        false,
        null,
        "alerts@example.org",
        List.of(to),
        timeout,
        null);
  }

  private EmailSink.Settings withPassword() {
    return new EmailSink.Settings(
        "mail",
        "127.0.0.1",
        server.port(),
        EmailSink.Encryption.NONE,
        false,
        new EmailSink.Credentials("warden", PASSWORD),
        "alerts@example.org",
        List.of("soc@example.org"),
        Duration.ofSeconds(10),
        null);
  }

  private DeliveryException failureOf(EmailSink sink) {
    DeliveryException failure =
        catchThrowableOfType(DeliveryException.class, () -> sink.deliver(notification));
    assertThat(failure).isNotNull();
    return failure;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soc",
        "a@example.org, b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "group:a@example.org;",
        "ä@example.org"
      })
  void settingsRefuseWhatIsNoSingleAddress(String address) {
    assertThatThrownBy(() -> settings(EmailSink.Encryption.TLS, Duration.ofSeconds(1), address))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("to must be a mail address in ASCII");
  }

  @Test
  void settingsRefuseAPlainConnectionToAnotherMachineUnlessItIsAllowed() {
    assertThatThrownBy(() -> plainTo("mail.example.org", false))
        .hasMessage(
            "encryption must be starttls or tls for another machine, unless allowPlaintext is set");
    assertThatCode(() -> plainTo("mail.example.org", true)).doesNotThrowAnyException();
    assertThatCode(() -> plainTo("localhost", false)).doesNotThrowAnyException();
    assertThatThrownBy(() -> plainTo("127.0.0.1.example.org", false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static EmailSink.Settings plainTo(String host, boolean allowPlaintext) {
    return new EmailSink.Settings(
        "mail",
        host,
        25,
        EmailSink.Encryption.NONE,
        allowPlaintext,
        null,
        "Inferwarden <alerts@example.org>",
        List.of("soc@example.org"),
        Duration.ofSeconds(10),
        null);
  }
}
