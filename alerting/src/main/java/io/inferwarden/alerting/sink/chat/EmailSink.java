package io.inferwarden.alerting.sink.chat;

import io.inferwarden.alerting.http.DestinationGuard;
import io.inferwarden.alerting.http.Trust;
import io.inferwarden.alerting.outbox.DeliveryException;
import io.inferwarden.alerting.outbox.Notification;
import io.inferwarden.alerting.sink.IncidentSink;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each notification as a mail over SMTP, one connection a mail. An answer of 4xx, a lost
 * connection and a timeout may be retried; 5xx is final (RFC 5321, 4.2.1).
 *
 * <p>Where the server takes the mail for some of the recipients only, those that it refused for
 * good are logged and left out, and those that it put off are tried again without the others.
 */
public final class EmailSink implements IncidentSink {
  private static final Logger LOG = LoggerFactory.getLogger(EmailSink.class);
  private static final int REMEMBERED_MAILS = 256;

  private final Settings settings;
  private final DestinationGuard guard;
  private final SSLSocketFactory encryption;
  private final InternetAddress from;
  private final List<InternetAddress> to;
  private final InstantSource clock;

  /** Who has a mail already that not everybody took; one thread delivers, so none is locked. */
  private final Map<String, Set<Address>> reached =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<Address>> eldest) {
          return size() > REMEMBERED_MAILS;
        }
      };

  /**
   * @param guard keeps mails, as everything that is sent, from the inside of the network
   * @param clock dates the mails
   * @param extraCa a PEM file of further certificate authorities to trust, or null
   */
  public EmailSink(
      Settings settings, DestinationGuard guard, InstantSource clock, @Nullable Path extraCa) {
    this.settings = settings;
    this.guard = guard;
    this.encryption =
        extraCa == null
            ? (SSLSocketFactory) SSLSocketFactory.getDefault()
            : Trust.withExtra(extraCa).sockets();
    this.from = MailAddress.of("from", settings.from());
    this.to = settings.to().stream().map(address -> MailAddress.of("to", address)).toList();
    this.clock = clock;
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public void deliver(Notification notification) throws DeliveryException {
    Set<Address> known = reached.getOrDefault(notification.id(), Set.of());
    Address[] missing = to.stream().filter(a -> !known.contains(a)).toArray(Address[]::new);
    try {
      MimeMessage mail =
          IncidentMail.of(notification, from, to, settings.linkBase(), clock.instant());
      send(mail, missing);
    } catch (SendFailedException e) {
      handlePartial(notification, e, known);
    } catch (MessagingException e) {
      throw SmtpFailure.of(e);
    }
    reached.remove(notification.id());
  }

  /** To the first address of the server that a connection can be made to. */
  private void send(MimeMessage mail, Address[] recipients)
      throws MessagingException, DeliveryException {
    MailConnectException last = null;
    for (InetAddress address : guard.permitted(settings.host())) {
      try {
        send(mail, recipients, address);
        return;
      } catch (MailConnectException e) {
        last = e;
      }
    }
    if (last != null) {
      throw last;
    }
  }

  private void send(MimeMessage mail, Address[] recipients, InetAddress address)
      throws MessagingException {
    Credentials credentials = settings.credentials();
    Session session = Session.getInstance(properties(new PinnedSockets(address)));
    Transport transport = session.getTransport("smtp");
    try {
      transport.connect(
          settings.host(),
          settings.port(),
          credentials == null ? null : credentials.user(),
          credentials == null ? null : credentials.password());
      transport.sendMessage(mail, recipients);
    } finally {
      sayFarewell(transport);
    }
  }

  /** What became of the mail is known by now, and a lost connection cannot undo it. */
  private void sayFarewell(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      LOG.debug("Sink {}: the connection was lost at its end", name(), e);
    }
  }

  /** Returns normally where somebody has the mail and nobody else ever will. */
  private void handlePartial(
      Notification notification, SendFailedException failure, Set<Address> known)
      throws DeliveryException {
    Set<Address> now = new HashSet<>(known);
    Address[] sent = failure.getValidSentAddresses();
    if (sent != null) {
      now.addAll(Arrays.asList(sent));
    }
    DeliveryException asDelivery = SmtpFailure.of(failure);
    if (now.isEmpty()) {
      throw asDelivery;
    }
    if (asDelivery.isRetryable()) {
      reached.put(notification.id(), now);
      throw asDelivery;
    }
    LOG.warn(
        "Sink {}: {} of {} recipients refused {}: {}",
        name(),
        to.size() - now.size(),
        to.size(),
        notification.id(),
        asDelivery.getMessage());
  }

  private Properties properties(PinnedSockets sockets) {
    String millis = Long.toString(settings.timeout().toMillis());
    Properties properties = new Properties();
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.socketFactory", sockets);
    properties.put("mail.smtp.ssl.socketFactory", new PinnedTlsSockets(sockets, encryption));
    properties.put("mail.smtp.socketFactory.fallback", "false");
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.2 TLSv1.3");
    boolean startTls = settings.encryption() == Encryption.STARTTLS;
    properties.put("mail.smtp.starttls.enable", Boolean.toString(startTls));
    properties.put("mail.smtp.starttls.required", Boolean.toString(startTls));
    boolean tls = settings.encryption() == Encryption.TLS;
    properties.put("mail.smtp.ssl.enable", Boolean.toString(tls));
    properties.put("mail.smtp.auth", Boolean.toString(settings.credentials() != null));
    properties.put("mail.smtp.sendpartial", "true");
    properties.put("mail.smtp.quitwait", "false");
    return properties;
  }

  /** How the connection is kept from being read by others. */
  public enum Encryption {
    /** It begins in the clear and must turn to TLS before anything is said; usually port 587. */
    STARTTLS,
    /** TLS from the first byte; usually port 465. */
    TLS,
    /** None. */
    NONE
  }

  /**
   * Who we are for the server.
   *
   * @param user never shown
   * @param password never shown
   */
  public record Credentials(String user, String password) {
    public Credentials {
      if (user.isBlank() || password.isBlank()) {
        throw new IllegalArgumentException("user and password must not be blank");
      }
    }

    @Override
    public String toString() {
      return "Credentials[hidden]";
    }
  }

  /**
   * What an operator sets.
   *
   * @param name of the sink
   * @param host name of the server, as its certificate has it
   * @param port 1 to 65,535; usually 587 or 465
   * @param encryption none only to this machine itself, unless {@code allowPlaintext}
   * @param allowPlaintext whether mails, and the password, may cross a network in the clear
   * @param credentials null for a server that asks for none
   * @param from the sender, {@code Inferwarden <alerts@example.org>} or the address alone
   * @param to 1 to {@value #MOST_RECIPIENTS} recipients
   * @param timeout of each step: to connect, to write, and for each answer
   * @param linkBase address of the console that incidents are linked to; null without one
   */
  public record Settings(
      String name,
      String host,
      int port,
      Encryption encryption,
      boolean allowPlaintext,
      @Nullable Credentials credentials,
      String from,
      List<String> to,
      Duration timeout,
      @Nullable URI linkBase) {
    /** As many as each server must take (RFC 5321, 4.5.3.1.8). */
    public static final int MOST_RECIPIENTS = 100;

    public Settings {
      if (name.isBlank()) {
        throw new IllegalArgumentException("name must not be blank");
      }
      if (!host.matches("[A-Za-z0-9.:_-]+")) {
        throw new IllegalArgumentException("host must be a host name or an address, was " + host);
      }
      if (port < 1 || port > 65_535) {
        throw new IllegalArgumentException("port must be in 1..65535, was " + port);
      }
      if (encryption == Encryption.NONE && !allowPlaintext && !isThisMachine(host)) {
        throw new IllegalArgumentException(
            "encryption must be starttls or tls for another machine, unless allowPlaintext is set");
      }
      MailAddress.of("from", from);
      to = List.copyOf(to);
      to.forEach(address -> MailAddress.of("to", address));
      if (to.isEmpty() || to.size() > MOST_RECIPIENTS) {
        throw new IllegalArgumentException(
            "to must have 1 to " + MOST_RECIPIENTS + " addresses, had " + to.size());
      }
      if (timeout.toMillis() <= 0 || timeout.toMillis() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("timeout must be >= 1 ms, was " + timeout);
      }
      linkBase = IncidentLink.checkedBase(linkBase);
    }

    private static boolean isThisMachine(String host) {
      return host.equalsIgnoreCase("localhost")
          || host.equals("::1")
          || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
  }
}
