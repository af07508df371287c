package io.inferwarden.alerting.sink.chat;

import io.inferwarden.alerting.Incident;
import io.inferwarden.alerting.Severity;
import io.inferwarden.alerting.feed.IncidentText;
import io.inferwarden.alerting.outbox.Notification;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification as a mail: the incident as the terminal shows it, and the same as plain HTML
 * without anything to fetch.
 *
 * <p>Its Message-ID follows from the notification's id, so a mail that was sent twice can be told
 * as one; all revisions of an incident refer to the first one, so a mail program shows them as one
 * conversation (RFC 5322, 3.6.4). Text from outside is one printable line before it comes near a
 * header.
 */
final class IncidentMail {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();
  private static final String LINE_BREAK = "\r\n";
  private static final String FIRST_REVISION = "_1";

  /** What {@link IncidentText} leaves out. */
  private static final List<String> FURTHER_FACTS =
      List.of(Fact.STATE, Fact.TECHNIQUE, Fact.VERDICT);

  private IncidentMail() {}

  /**
   * @param date that of the attempt
   */
  static MimeMessage of(
      Notification notification,
      InternetAddress from,
      List<InternetAddress> to,
      @Nullable URI linkBase,
      Instant date)
      throws MessagingException {
    IncidentStory story = IncidentStory.of(notification, linkBase);
    Incident incident = notification.incident();
    String domain = from.getAddress().substring(from.getAddress().indexOf('@') + 1);
    String id = messageId(notification.id(), notification.sink(), domain);
    String first = messageId(incident.id() + FIRST_REVISION, notification.sink(), domain);

    MimeMessage mail = new IdentifiedMessage(id);
    mail.setFrom(from);
    mail.setRecipients(Message.RecipientType.TO, to.toArray(new InternetAddress[0]));
    mail.setSubject(story.headline(), UTF_8);
    mail.setSentDate(Date.from(date));
    if (!first.equals(id)) {
      mail.setHeader("In-Reply-To", first);
      mail.setHeader("References", first);
    }
    setUrgency(mail, incident);
    mail.setHeader("Auto-Submitted", "auto-generated");
    mail.setHeader("X-Auto-Response-Suppress", "All");
    mail.setHeader("X-Inferwarden-Notification", notification.id());
    mail.setHeader("X-Inferwarden-Severity", incident.severity().code());
    mail.setHeader("X-Inferwarden-Kind", incident.kind().code());
    mail.setHeader("X-Inferwarden-State", incident.state().code());

    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(plain(notification, story).replace("\n", LINE_BREAK), UTF_8);
    MimeBodyPart html = new MimeBodyPart();
    html.setText(IncidentHtml.of(story).replace("\n", LINE_BREAK), UTF_8, "html");
    mail.setContent(new MimeMultipart("alternative", plain, html));
    mail.saveChanges();
    return mail;
  }

  private static String plain(Notification notification, IncidentStory story) {
    StringBuilder text = new StringBuilder(story.headline()).append("\n\n");
    text.append(OutsideText.withoutAddresses(IncidentText.of(notification.incident())));
    text.append('\n');
    for (Fact fact : story.only(FURTHER_FACTS)) {
      text.append("\n").append(fact.name()).append(": ").append(fact.value());
    }
    if (story.link() != null) {
      text.append("\nRead it at ").append(story.link());
    }
    return text.append('\n').toString();
  }

  /** What is over is no longer urgent, however grave it was. */
  private static void setUrgency(MimeMessage mail, Incident incident) throws MessagingException {
    boolean isGrave = incident.severity().compareTo(Severity.HIGH) >= 0;
    boolean isSlight = incident.severity().compareTo(Severity.LOW) <= 0;
    if (incident.isOpen() && isGrave) {
      mail.setHeader("X-Priority", "1");
      mail.setHeader("Importance", "high");
    } else if (isSlight) {
      mail.setHeader("X-Priority", "5");
      mail.setHeader("Importance", "low");
    } else {
      mail.setHeader("X-Priority", "3");
      mail.setHeader("Importance", "normal");
    }
  }

  /** The sink is part of it: another sink sends another mail, to other people. */
  private static String messageId(String notificationId, String sink, String domain) {
    String plainSink = sink.replaceAll("[^A-Za-z0-9_-]", "-");
    return "<" + notificationId + "." + plainSink + "@" + domain + ">";
  }

  /** Keeps its own Message-ID when it is made ready to be sent. */
  private static final class IdentifiedMessage extends MimeMessage {
    private final String id;

    IdentifiedMessage(String id) {
      super((Session) null);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
