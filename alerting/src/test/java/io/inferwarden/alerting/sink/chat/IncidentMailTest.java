package io.inferwarden.alerting.sink.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwarden.alerting.Examples;
import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.outbox.Notification;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IncidentMailTest {
  private static final Instant NOW = Instant.parse("2026-03-02T14:03:00Z");
  private static final URI CONSOLE = URI.create("https://console.example");

  @Test
  void saysEverythingAsTextAndAsHtml() throws Exception {
    Incident incident = ChatExamples.drift();

    MimeMessage mail = read(Examples.notification(incident));

    assertThat(mail.getSubject()).isEqualTo("[high] Input drift, model fraud-scorer");
    assertThat(mail.getSentDate()).isEqualTo(NOW);
    assertThat(part(mail, 0))
        .startsWith(
            "[high] Input drift, model fraud-scorer\r\n\r\nHIGH  input_drift  model fraud-scorer\r\n"
                + "  id "
                + incident.id()
                + "\r\n  since 2026-03-02 12:32 UTC, 1.5 hours before the alarm, after 4,100")
        .contains("  - age: 31 % of inputs in 44 to 52, where 12 % are usual")
        .contains("age                      usual     now")
        .endsWith(
            "  runbook: docs/runbooks/input-drift.md\r\n\r\nState: open\r\nRead it at"
                + " https://console.example/incidents/"
                + incident.id()
                + "\r\n");
    assertThat(part(mail, 1))
        .contains("<h3>[high] Input drift, model fraud-scorer</h3>")
        .contains(">How sure</th><td>chance alone would do this once in 3.2 years</td>")
        .contains("<li>age: 31 % of inputs in 44 to 52")
        .contains("<p>Check the named features at their source;")
        .contains("<a href=\"https://console.example/incidents/" + incident.id() + "\">");
  }

  @Test
  void isTheSameMailForTheSameNotificationAndOneConversationForAnIncident() throws Exception {
    Incident incident = ChatExamples.drift();
    Notification opened = Examples.notification(incident);

    MimeMessage first = read(opened);
    MimeMessage resolved = read(Examples.notification(ChatExamples.resolved()));

    String root = "<" + incident.id() + "_1.soc@warden.example>";
    assertThat(first.getMessageID()).isEqualTo(root).isEqualTo(read(opened).getMessageID());
    assertThat(first.getHeader("References")).isNull();
    assertThat(resolved.getMessageID()).isEqualTo("<" + incident.id() + "_2.soc@warden.example>");
    assertThat(resolved.getHeader("In-Reply-To")).containsExactly(root);
    assertThat(resolved.getHeader("References")).containsExactly(root);
    assertThat(read(ChatExamples.reminder(incident)).getHeader("References")).containsExactly(root);
  }

  @Test
  void tellsMailProgramsHowUrgentItIsAndThatNobodyWroteIt() throws Exception {
    MimeMessage alarm = read(Examples.notification(ChatExamples.drift()));
    MimeMessage over = read(Examples.notification(ChatExamples.resolved()));
    MimeMessage digest = read(ChatExamples.digest(2));

    assertThat(alarm.getHeader("X-Priority")).containsExactly("1");
    assertThat(alarm.getHeader("Importance")).containsExactly("high");
    assertThat(alarm.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(over.getHeader("X-Priority")).containsExactly("3");
    assertThat(digest.getHeader("Importance")).containsExactly("low");
    assertThat(over.getHeader("X-Inferwarden-State")).containsExactly("resolved");
  }

  @Test
  void letsNothingFromOutsideWriteAHeaderOrALinkOrMarkup() throws Exception {
    MimeMessage mail = read(ChatExamples.filledWith(ChatExamples.HOSTILE));

    List<Header> headers = Collections.list(mail.getAllHeaders());
    assertThat(headers)
        .extracting(header -> header.getName().toLowerCase(Locale.ROOT))
        .doesNotHaveDuplicates()
        .doesNotContain("bcc");
    assertThat(headers)
        .allSatisfy(header -> assertThat(header.getValue()).matches("(?s)[ -~\r\n\t]*"));
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getSubject()).contains("\\u{d}\\u{a}Bcc: all@example");
    assertThat(part(mail, 0).replace("\r\n", "").replace(CONSOLE.toString(), ""))
        .doesNotContain("://")
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
    assertThat(
            part(mail, 1)
                .replaceAll("</?(!DOCTYPE|html|body|h3|table|tr|th|td|ul|li|p|a)[^<>]*>", ""))
        .doesNotContain("<")
        .doesNotContain("://")
        .contains("&lt;script&gt;alert(1)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "ü", "😀", "\u0000", "=?utf-8?q?", " y"})
  void keepsLinesShortWhateverItSays(String unit) throws Exception {
    String mail = written(ChatExamples.filledWith(unit.repeat(3000)));

    assertThat(mail.split("\r\n", -1)).allSatisfy(line -> assertThat(line).hasSizeLessThan(999));
    assertThat(mail).matches("(?s)[\\x00-\\x7f]*").hasSizeLessThan(200_000);
  }

  private static MimeMessage read(Notification notification)
      throws MessagingException, IOException {
    byte[] mail = written(notification).getBytes(StandardCharsets.ISO_8859_1);
    Session session = Session.getInstance(new Properties());
    return new MimeMessage(session, new ByteArrayInputStream(mail));
  }

  private static String written(Notification notification) throws MessagingException, IOException {
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    InternetAddress from = new InternetAddress("Inferwarden <alerts@warden.example>");
    List<InternetAddress> to = List.of(new InternetAddress("soc@example.org"));
    IncidentMail.of(notification, from, to, CONSOLE, NOW).writeTo(mail);
    return mail.toString(StandardCharsets.ISO_8859_1);
  }

  private static String part(MimeMessage mail, int index) throws MessagingException, IOException {
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    return (String) parts.getBodyPart(index).getContent();
  }
}
